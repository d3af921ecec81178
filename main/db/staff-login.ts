import type { ClientBase } from 'pg';
import type { StaffGroup } from '../../shared/permissions';
import { scramVerifier } from './scram';

/** A person of the office, as the demo, the tests and the first administrator of an installation are made. */
export interface NewStaffLogin {
  /** `s_` and 2 to 30 of `a-z0-9_`. */
  login: string;
  displayName: string;
  group: StaffGroup;
  password: string;
  /**
   * `true`: a first password, valid for 72 hours, that must be changed before the person has any right.
   * `false`: ready at once, and backdated by 30 days so that the 24-hour freeze of the two-person rule is over.
   * Only loaders of demo and test data may do that.
   */
  mustChange: boolean;
}

/**
 * Makes a staff login without an administrator: for the first one of an installation, and for demo and tests. In the
 * product everybody else is made by `api.create_staff`. Running it again makes the person anew: password, group and the
 * state of a first password, as they are given. All of it or, when it throws, nothing.
 *
 * @param superuser connected to the migrated database, with no open transaction.
 * @throws Error for a person who has left; what PostgreSQL says.
 */
export async function createStaffLogin(superuser: ClientBase, person: NewStaffLogin): Promise<void> {
  const verifier = await scramVerifier(person.password);
  await superuser.query('begin');
  try {
    await storeMember(superuser, person);
    await storeLogin(superuser, person, verifier);
    await superuser.query('commit');
  } catch (error) {
    await superuser.query('rollback');
    throw error;
  }
}

async function storeMember(superuser: ClientBase, { login, displayName, group, mustChange }: NewStaffLogin) {
  const stored = await superuser.query(
    `insert into ibok.staff_members as known
       (login, display_name, staff_group, must_change_password, created_at, password_reset_at)
     select $1, $2, $3, $4, at, at from (select now() - case when $4 then interval '0' else interval '30 days' end as at) t
     on conflict (login) do update set display_name = excluded.display_name, staff_group = excluded.staff_group,
       must_change_password = excluded.must_change_password, password_reset_at = excluded.password_reset_at,
       created_at = least(known.created_at, excluded.created_at)
     where known.active`,
    [login, displayName, group, mustChange],
  );
  if (stored.rowCount === 0) throw new Error(`${login} has left; a new person needs a new login`);
}

/** As `api.create_staff` and `api.reset_password` do it: the login outlives its first password by 14 days. */
async function storeLogin(superuser: ClientBase, { login, group, mustChange }: NewStaffLogin, verifier: string) {
  const known = await superuser.query('select from pg_roles where rolname = $1', [login]);
  const act = known.rowCount === 0 ? 'create_login' : 'set_verifier';
  await superuser.query(
    `select keeper.${act}($1, $2, case when $3 then ibok.first_password_end(now()) + interval '14 days' end)`,
    [login, verifier, mustChange],
  );
  await superuser.query('select keeper.revoke_groups($1)', [login]);
  if (mustChange) await superuser.query('select keeper.end_sessions($1)', [login]);
  else await superuser.query('select keeper.grant_group($1, $2)', [login, group]);
}
