import type { Client } from 'pg';
import type { BlockReason } from '../../shared/contract/accounts';

/** A password's hash as the portal makes it; nobody ever types the password behind it. */
export const PASSWORD_HASH = '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA';

const LABEL = 'Regulamin próbny 2024-07-17';
let planted = 0;

const first = async (superuser: Client, sql: string, values: unknown[] = []): Promise<string> =>
  String(Object.values((await superuser.query(sql, values)).rows[0] ?? {})[0]);

/** The version of the regulations that test accounts accept: in force since the first day of the portal. */
export async function plantRegulations(superuser: Client): Promise<string> {
  return first(
    superuser,
    `with made as (insert into ibok.regulation_versions (label, effective_on) values ($1, '2024-07-17')
       on conflict do nothing returning id)
     select id from made union all select id from ibok.regulation_versions where effective_on = '2024-07-17' limit 1`,
    [LABEL],
  );
}

interface Planted {
  id: string;
  login: string;
  email: string;
  registration: string;
}

interface Wanted {
  login?: string;
  status?: 'pending' | 'active' | 'blocked';
  reason?: BlockReason;
  relation?: 'holder' | 'manager' | 'proxy';
  /** Without it the account lacks what invariant 4 asks for. */
  identity?: boolean;
  clauses?: readonly string[];
}

/**
 * An account of a customer as an approved application makes it, activated unless `status` is pending. Written by the
 * superuser under all triggers.
 */
export async function plantAccount(superuser: Client, customer: string, wanted: Wanted = {}): Promise<Planted> {
  const { status = 'active', relation = 'holder', identity = true } = wanted;
  planted += 1;
  const login = wanted.login ?? `konto.${planted}.${customer}`;
  const email = `${login}@example.com`;
  const version = await plantRegulations(superuser);
  const registration = await first(
    superuser,
    `insert into ibok.registrations (channel, received_on, first_name, last_name, email, relation, customer_id,
       regulation_version_id, clauses, identity_method, identity_checked_by, identity_checked_at, due_from, due_to)
     values ('web', ibok.today() - 30, 'Zofia', 'Żuk', $1, $2, $3, $4, $5, $6, $7, $8, ibok.today(), ibok.today())
     returning id`,
    [
      email,
      relation,
      customer,
      version,
      wanted.clauses ?? ['regulations', 'privacy', 'truth', 'e_invoice'],
      ...(identity ? ['invoice', 's_anna', new Date()] : [null, null, null]),
    ],
  );
  const id = await first(
    superuser,
    `insert into ibok.accounts (login, first_name, last_name, email, registration_id)
     values ($1, 'Zofia', 'Żuk', $2, $3) returning id`,
    [login, email, registration],
  );
  await superuser.query(
    `insert into ibok.account_access (account_id, customer_id, relation, valid_from) values ($1, $2, $3, ibok.today() - 30)`,
    [id, customer, relation],
  );
  await superuser.query(
    `insert into ibok.regulation_acceptances (account_id, version_id, channel) values ($1, $2, 'web')`,
    [id, version],
  );
  await superuser.query(
    `update ibok.registrations set status = 'approved', account_id = $1, decided_by = 's_anna', decided_at = now()
      where id = $2`,
    [id, registration],
  );
  if (status !== 'pending') await activate(superuser, id);
  if (status === 'blocked') {
    await superuser.query(`insert into ibok.account_blocks (account_id, reason) values ($1, $2)`, [
      id,
      wanted.reason ?? 'wish',
    ]);
    await superuser.query(`update ibok.accounts set status = 'blocked', block_reason = $2 where id = $1`, [
      id,
      wanted.reason ?? 'wish',
    ]);
  }
  return { id, login, email, registration };
}

async function activate(superuser: Client, id: string): Promise<void> {
  await superuser.query(
    `insert into ibok.account_tokens (account_id, kind, token_hash, expires_at, used_at)
     values ($1::bigint, 'activation', sha256(convert_to('planted ' || $1::bigint, 'UTF8')), now(), now())`,
    [id],
  );
  await superuser.query('insert into ibok.account_credentials (account_id, password_hash) values ($1, $2)', [
    id,
    PASSWORD_HASH,
  ]);
  await superuser.query(`update ibok.accounts set status = 'active', activated_at = now() where id = $1`, [id]);
}

/** The link of the last mail to an account, as the worker makes it in the moment of sending. */
export async function issueLink(superuser: Client, account: string, kind: 'activation' | 'email'): Promise<string> {
  await superuser.query('begin; set local role ibok_owner');
  const { rows } = await superuser.query<{ token: string }>('select ibok.issue_account_token($1, $2) as token', [
    account,
    kind,
  ]);
  await superuser.query('commit');
  return rows[0]?.token ?? '';
}
