import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

/**
 * Registers `test.kind`, an act of two persons upon premises: clerks ask, supervisors decide. What became of each request
 * stands in `test_acts`.
 */
export async function registerTestKind(superuser: ClientBase): Promise<void> {
  await superuser.query(`
    create table if not exists ibok.test_acts (approval_id bigint, done text, constraint test_acts_once unique (approval_id, done));
    alter table ibok.test_acts owner to ibok_owner;
    create or replace function ibok.test_version(p_id bigint) returns text language sql stable as
      'select house_no::text from ibok.premises where id = p_id';
    create or replace function ibok.test_impact(p_id bigint) returns jsonb language sql stable as
      'select jsonb_build_object(''houses'', count(*)) from ibok.premises where id = p_id';
    create or replace function ibok.test_approved(p ibok.approvals) returns void language plpgsql as $$
      begin
        insert into ibok.test_acts values (p.id, p.state);
        perform ibok.approval_executed(p.id);
      end $$;
    create or replace function ibok.test_dropped(p ibok.approvals) returns void language sql as
      'insert into ibok.test_acts values (p.id, p.state)';
    insert into ibok.approval_kinds (kind, subject_table, version_function, impact_function, approved_function,
      dropped_function, requesters, deciders, plain_request)
      values ('test.kind', 'premises', 'test_version', 'test_impact', 'test_approved', 'test_dropped',
        '{bok_clerk}', '{bok_supervisor}', true)
      on conflict (kind) do nothing`);
}

/** A subject of its own; returns its id. */
export async function subjectOf(superuser: ClientBase): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into ibok.premises (city, house_no, postal_code)
     select 'Sitno', (coalesce(max(id), 0) + 1)::text, '83-300' from ibok.premises returning id`,
  );
  const [row] = rows;
  if (!row) throw new Error('no row came back');
  return row.id;
}

/** Asks for the act upon the subject, as whoever signed in; returns the request's id. */
export async function requestOf(client: ClientBase, subject: string, request = randomUUID()): Promise<string> {
  const { rows } = await client.query<{ asked: { id: string } }>(
    `select api.request_approval('test.kind', $1, null, 'na potrzeby próby', $2) as asked`,
    [subject, request],
  );
  const [row] = rows;
  if (!row) throw new Error('no row came back');
  return row.asked.id;
}
