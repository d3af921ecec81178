import type { Client } from 'pg';

/** Stands in every text the canary account consists of, and nowhere else. */
export const CANARY = 'kanarek';
/** What cannot carry the word: telephone, address on the net, postal code, amount. */
export const OTHER_CANARIES = ['600 700 801', '203.0.113.77', '83-999', '98765432'] as const;

export interface CanaryAccount {
  account: string;
  registration: string;
  /** A refused application of the same person, under the same address. */
  refused: string;
  customer: string;
}

/**
 * An active account of `customer` with a recognisable value in every column and document, mail, task and trail entry that
 * an account consists of. `mark` tells several apart. Needs a superuser's connection.
 */
export async function plantCanaryAccount(superuser: Client, customer: string, mark: string): Promise<CanaryAccount> {
  const one = async (sql: string, values: unknown[] = []) => String((await superuser.query(sql, values)).rows[0].id);
  const word = (name: string) => `${CANARY}-${mark}-${name}`;
  const email = `${CANARY}.${mark}@example.org`;
  const version = await one(
    `insert into ibok.regulation_versions (label, effective_on) values ('2024-07-17', '2024-07-17')
     on conflict (effective_on) do update set label = excluded.label returning id`,
  );
  const apply = (last: string) =>
    one(
      `insert into ibok.registrations (channel, received_on, first_name, last_name, email, phone, street, house_no, flat_no,
         postal_code, city, relation, customer_no_given, invoice_no_given, invoice_gross_given, customer_id,
         regulation_version_id, clauses, identity_method, identity_checked_by, identity_checked_at, original_place, note,
         due_from, due_to)
       values ('paper', '2026-03-02', $1, $2, $3, '+48 600 700 801', $4, $5, $6, '83-999', $7, 'holder', $8, $9, 98765432, $10,
         $11, '{regulations,privacy,truth,e_invoice}', 'invoice', 's_anna', now(), $12, $13, '2026-03-05', '2026-03-11')
       returning id`,
      [
        word('imie'),
        last,
        email,
        word('ulica'),
        word('dom'),
        word('lokal'),
        word('miasto'),
        word('numer-klienta'),
        word('faktura'),
        customer,
        version,
        word('segregator'),
        word('uwaga'),
      ],
    );
  const refused = await apply(word('nazwisko'));
  await superuser.query(
    `update ibok.registrations set status = 'rejected', rejection_reason = 'duplicate', decided_by = 's_anna',
       decided_at = now() where id = $1`,
    [refused],
  );
  const registration = await apply(word('nazwisko'));
  const paper = async (table: string, id: string, name: string) => {
    const document = await one(
      `insert into ibok.documents (title, category, owner_table, owner_id, retention_class)
       values ($1, 'letter', $2, $3, 'portal') returning id`,
      [word(`tytul-${name}`), table, id],
    );
    await superuser.query('insert into ibok.blobs (sha256, bytes) values (sha256($1), $1)', [
      Buffer.from(word(`plik-${name}`)),
    ]);
    const file = await one(
      `insert into ibok.document_versions (document_id, version_no, sha256, file_name, mime, size)
       values ($1, 1, sha256($2), $3, 'text/plain', octet_length($2)) returning id`,
      [document, Buffer.from(word(`plik-${name}`)), `${word(name)}.txt`],
    );
    return { document, file };
  };
  const proxy = await paper('registrations', registration, 'pelnomocnictwo');
  await superuser.query('update ibok.registrations set proxy_document_id = $1 where id = $2', [
    proxy.document,
    registration,
  ]);
  // As the office makes an account, so that what this writes down elsewhere is looked for as well.
  await superuser.query('set session authorization s_anna');
  const account = await one(`select api.approve_registration($1, $2, gen_random_uuid()) ->> 'accountId' as id`, [
    registration,
    word('login'),
  ]).finally(() => superuser.query('reset session authorization'));
  await superuser.query(`update ibok.outbox set state = 'sent', sent_at = now() where record = 'accounts:' || $1`, [
    account,
  ]);
  await superuser.query(`update ibok.account_access set valid_from = '2026-03-05' where account_id = $1`, [account]);
  const letter = await paper('accounts', account, 'pismo');
  await superuser.query(
    `insert into ibok.letters (kind, record, document_id) values ('activation', 'accounts:' || $1, $2)`,
    [account, letter.document],
  );
  await superuser.query(
    `insert into ibok.account_blocks (account_id, reason, note, blocked_by, unblocked_at, unblocked_by, unblock_note)
     values ($1, 'wish', $2, 's_anna', now(), 's_anna', $2)`,
    [account, word('blokada')],
  );
  await superuser.query('insert into ibok.account_credentials (account_id, password_hash) values ($1, $2)', [
    account,
    word('skrot-hasla-skrot-hasla'),
  ]);
  await superuser.query(
    `insert into ibok.account_tokens (account_id, kind, token_hash, email, expires_at, used_at)
     values ($1, 'activation', sha256($2), null, now(), now()), ($1, 'email', sha256($3), $4, now(), now())`,
    [account, word('a'), word('b'), email],
  );
  await superuser.query(
    `insert into ibok.account_sign_ins (account_id, outcome, address, agent) values ($1, 'ok', '203.0.113.77', $2)`,
    [account, word('przegladarka')],
  );
  await superuser.query('insert into ibok.account_sessions (id, account_id) values (gen_random_uuid(), $1)', [account]);
  await superuser.query('insert into ibok.account_preferences (account_id, preferences) values ($1, $2)', [
    account,
    { theme: word('wyglad') },
  ]);
  await superuser.query(
    `insert into ibok.data_change_requests (account_id, customer_id, changes, status, decided_by, decided_at, note)
     values ($1, $2, $3, 'rejected', 's_anna', now(), $4)`,
    [account, customer, { postal_street: [null, word('nowa-ulica')] }, word('decyzja')],
  );
  await superuser.query(
    `update ibok.accounts set status = 'active', activated_at = now(), new_email = $2 where id = $1`,
    [account, `${CANARY}.${mark}.nowy@example.org`],
  );
  const mail = await one(
    `insert into ibok.outbox (key, to_address, template_id, fields, record, attachment_id, state, sent_at)
     select 'canary:' || $1, $2, t.id, $3, 'accounts:' || $1, $4, 'sent', now()
       from ibok.templates t where t.key = 'account.email_changed' limit 1 returning id`,
    [account, email, { first_name: word('imie'), last_name: word('nazwisko') }, letter.file],
  );
  await superuser.query('insert into ibok.regulation_notices (version_id, account_id, outbox_id) values ($1, $2, $3)', [
    version,
    account,
    mail,
  ]);
  await superuser.query(
    `insert into ibok.outbox (key, to_address, template_id, fields, record)
     select 'canary.new:' || $1, $2, t.id, $3, 'registrations:' || $4
       from ibok.templates t where t.key = 'account.email_changed' limit 1`,
    [account, email, { first_name: word('imie'), last_name: word('nazwisko') }, refused],
  );
  for (const subject of [`account:${account}`, `registration:${registration}`, `registration:${refused}`]) {
    const task = await one(
      `insert into ibok.follow_ups (title, note, subject, due_on, assignee, created_by)
       values ($1, $2, $3, '2026-12-01', 's_anna', 's_anna') returning id`,
      [word('zadanie'), word('notatka'), subject],
    );
    await superuser.query(
      `insert into ibok.undo_steps (login, kind, subject, fields, count, before_values, after_values)
       values ('s_anna', 'task', 'task:' || $1, '{title}', 1, $2, '{}')`,
      [task, { title: word('cofnij') }],
    );
  }
  return { account, registration, refused, customer };
}

/**
 * Every table of the product that holds one of the canaries of `mark`, rows cast to text, bytes looked into; with how many
 * rows. Other canary accounts are not looked for, unless by `others`, values that all of them share.
 */
export async function findCanaries(
  superuser: Client,
  mark: string,
  others: readonly string[] = [],
): Promise<Record<string, number>> {
  const { rows: tables } = await superuser.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace in ('ibok'::regnamespace, 'audit'::regnamespace) order by 1`,
  );
  const words = [`${CANARY}-${mark}`, `${CANARY}.${mark}`];
  // Bytes are shown in hexadecimal by a cast to text.
  const needles = [...words, ...words.map((word) => Buffer.from(word).toString('hex')), ...others];
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await superuser.query<{ hits: number }>(
      `select count(*)::int as hits from ${name} t
        where exists (select from unnest($1::text[]) as needle where strpos(lower(t::text), needle) > 0)`,
      [needles],
    );
    if (rows[0]?.hits) found[name] = rows[0].hits;
  }
  return found;
}
