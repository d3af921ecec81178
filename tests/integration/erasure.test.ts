import type { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CanaryAccount, findCanaries, OTHER_CANARIES, plantCanaryAccount } from '../support/canary-account';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let customer: string;
let bare: string;

beforeAll(async () => {
  const superuser = await database().asSuperuser();
  ({ zuk: customer, bare } = await plantPeople(superuser));
  // Whoever was made a moment ago decides nothing.
  await superuser.query(`update ibok.staff_members set created_at = now() - interval '3 days',
    password_reset_at = now() - interval '3 days'`);
  await superuser.query(
    `insert into ibok.contracts (contract_no, customer_id, kind, valid_from, valid_to, status)
     values ('UM-1', $1, 'water', '2020-01-01', '2025-12-31', 'terminated')`,
    [customer],
  );
  await superuser.query(
    `insert into ibok.invoices (invoice_no, customer_id, issued_on, due_on, net_grosze, vat_grosze, gross_grosze)
     values ('F-1', $1, '2025-12-10', '2025-12-24', 1000, 80, 1080), ('F-2', $1, '2024-03-01', '2024-03-15', 1000, 80, 1080),
            ('F-3', $1, '2025-03-01', '2025-03-15', 1000, 80, 1080)`,
    [customer],
  );
});

const value = async <T>(client: Client, sql: string, values: unknown[] = []): Promise<T> => {
  const { rows } = await client.query(sql, values);
  return Object.values(rows[0] ?? {})[0] as T;
};

/** Asks as a clerk, decides as a supervisor, with remarks that name the person. */
async function approved(planted: CanaryAccount, mark: string): Promise<string> {
  const clerk = await database().asLogin('s_anna');
  const { id, approvalId } = await value<{ id: string; approvalId: string }>(
    clerk,
    `select api.request_deletion($1, 'letter', ibok.today(), 'signature', $2, null)`,
    [planted.account, `kanarek-${mark} prosi listem`],
  );
  await clerk.query(
    `select api.create_follow_up($1, null, 'deletion_request:' || $2, ibok.today(), null, gen_random_uuid())`,
    [`kanarek-${mark} zadzwonić`, id],
  );
  const supervisor = await database().asLogin('s_barbara');
  await supervisor.query('select api.decide_approval($1, true, $2, null)', [approvalId, `zgoda: kanarek-${mark}`]);
  return id;
}

const execute = async (worker: Client, id: string) =>
  (await value<{ outcome: string }>(worker, 'select jobs.execute_deletion($1)', [id])).outcome;

interface Part {
  part: string;
  action: string;
  basis: string | null;
  count: number;
  until?: string;
  days?: { until: string; count: number }[];
}

describe('an executed deletion', () => {
  it('leaves no value of the person in any table, file, mail or trail, and the chain verifies', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'cisza');
    const id = await approved(planted, 'cisza');
    const before = await findCanaries(superuser, 'cisza', OTHER_CANARIES);
    // The search can find: each of these holds something that has to go.
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(
        `audit.event_values ibok.account_blocks ibok.account_credentials ibok.account_preferences ibok.account_sign_ins
        ibok.account_tokens ibok.accounts ibok.approvals ibok.blobs ibok.data_change_requests ibok.deletion_requests
        ibok.document_versions ibok.documents ibok.follow_ups ibok.outbox ibok.registrations ibok.undo_steps`.split(
          /\s+/,
        ),
      ),
    );
    const worker = await database().asLogin('ibok_worker');
    await worker.query('select jobs.seal()');
    await worker.query('select jobs.seal()');
    expect(await execute(worker, id)).toBe('done');

    // What is left is the confirmation that waits to be sent; once it has left, nothing.
    expect(await findCanaries(superuser, 'cisza', OTHER_CANARIES)).toEqual({ 'ibok.outbox': 1 });
    const mail = await value<string>(
      superuser,
      `select id from ibok.outbox where key = 'deletion.done:' || $1 and state = 'new'`,
      [id],
    );
    await superuser.query(`update ibok.outbox set state = 'sent', sent_at = now() where id = $1`, [mail]);
    expect(await value(worker, 'select jobs.clear_confirmations()')).toBe('1');
    expect(await findCanaries(superuser, 'cisza', OTHER_CANARIES)).toEqual({});

    await worker.query('select jobs.seal()');
    await worker.query('select jobs.seal()');
    expect(await value(worker, 'select audit.verify_chain()')).toMatchObject({ ok: true, firstBad: null });
    expect(await value(superuser, 'select count(*) from ibok.invoices where customer_id = $1', [customer])).toBe('3');
    expect(await value(superuser, 'select count(*) from ibok.contracts where customer_id = $1', [customer])).toBe('1');
    expect(await execute(worker, id)).toBe('already_done');
    const paper = `insert into ibok.documents (title, category, owner_table, owner_id) values ('x', 'other', $1, $2)`;
    for (const [table, owner] of [
      ['accounts', planted.account],
      ['registrations', planted.refused],
      ['deletion_requests', id],
    ]) {
      await expect(superuser.query(paper, [table, owner])).rejects.toMatchObject({ code: 'IB006' });
    }
    const approval = await value(
      superuser,
      'select a.state from ibok.approvals a join ibok.deletion_requests q on q.approval_id = a.id where q.id = $1',
      [id],
    );
    expect(approval).toBe('executed');
  });

  it('writes down what it did and what law keeps until when, and names nobody but the staff', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'protokol');
    const id = await approved(planted, 'protokol');
    const clerk = await database().asLogin('s_anna');
    const preview = await value<{ parts: Part[] }>(clerk, 'select api.deletion_preview($1)', [planted.account]);
    await execute(await database().asLogin('ibok_worker'), id);
    const protocol = await value<Record<string, unknown> & { parts: Part[] }>(
      superuser,
      'select protocol from ibok.deletion_requests where id = $1',
      [id],
    );
    expect(protocol).toMatchObject({
      askedVia: 'letter',
      identityMethod: 'signature',
      identityCheckedBy: 's_anna',
      requestedBy: 's_anna',
      approvedBy: 's_barbara',
    });
    const counts = (parts: Part[]) =>
      Object.fromEntries(parts.filter(({ part }) => part !== 'trail').map(({ part, count }) => [part, count]));
    // The preview promised what was done; only the trail grew with the erasure itself.
    expect(counts(protocol.parts)).toEqual(counts(preview.parts));
    expect(Object.values(counts(protocol.parts))).not.toContain(0);
    expect(protocol.parts.find(({ part }) => part === 'invoices')).toMatchObject({
      action: 'keep',
      basis: 'tax',
      count: 3,
      until: '2031-12-31',
      days: [
        { until: '2030-12-31', count: 1 },
        { until: '2031-12-31', count: 2 },
      ],
    });
    expect(protocol.parts.find(({ part }) => part === 'contracts')).toMatchObject({ count: 1, until: '2031-12-31' });
  });

  it('leaves no login with the approval that made it: who asks again gets none', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'login');
    const request = await value<string>(
      superuser,
      `select client_request_id from ibok.acts where action = 'registrations.approve' and result ->> 'accountId' = $1`,
      [planted.account],
    );
    const again = async () =>
      value(await database().asLogin('s_anna'), 'select api.approve_registration($1, $2, $3)', [
        planted.registration,
        'kanarek-login-login',
        request,
      ]);
    expect(await again()).toEqual({ accountId: planted.account, login: 'kanarek-login-login' });
    await execute(await database().asLogin('ibok_worker'), await approved(planted, 'login'));
    expect(await again()).toEqual({ accountId: planted.account, login: null });
  });

  it('takes refused applications of the same person along, on paper or under the address of before', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'dawny');
    const refused = (firstName: string, lastName: string, email: string | null) =>
      value<string>(
        superuser,
        `insert into ibok.registrations (channel, received_on, first_name, last_name, email, relation, customer_id,
           status, rejection_reason, decided_by, decided_at, due_from, due_to)
         values ('paper', '2026-03-02', $1, $2, $3, 'holder', $4, 'rejected', 'duplicate', 's_anna', now(), '2026-03-05',
           '2026-03-11') returning id`,
        [firstName, lastName, email, customer],
      );
    await superuser.query(`update ibok.accounts set email = 'kanarek.dawny.dzis@example.org' where id = $1`, [
      planted.account,
    ]);
    const paper = await refused('KANAREK-dawny-imie', 'Kanarek-Dawny-Nazwisko', null);
    const before = await refused('Inne', 'kanarek-dawny-nazwisko', 'Kanarek.Dawny@example.org');
    const others = [
      await refused('Inne', 'kanarek-dawny-nazwisko', null),
      await refused('kanarek-dawny-imie', 'Inne', 'kanarek.dawny@example.org'),
    ];
    await execute(await database().asLogin('ibok_worker'), await approved(planted, 'dawny'));
    const { rows } = await superuser.query<{ id: string }>(
      'select id from ibok.registrations where id = any ($1) and erased_at is not null order by id',
      [[planted.registration, planted.refused, paper, before, ...others]],
    );
    expect(rows.map(({ id }) => id)).toEqual([planted.refused, planted.registration, paper, before]);
  });

  it('keeps a customer for a contract that runs or an invoice, and for neither not', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, bare, 'umowa');
    const kept = async () =>
      (await value<Part[]>(superuser, 'select ibok.erasure_plan($1)', [planted.account]))
        .filter(({ part }) => part === 'customers' || part === 'contracts')
        .map(({ count, until }) => [count, until]);
    const today = await value<string>(superuser, 'select ibok.invoice_kept_until(ibok.today())::text');
    expect(await kept()).toEqual([
      [0, null],
      [0, null],
    ]);
    const contract = await value<string>(
      superuser,
      `insert into ibok.contracts (contract_no, customer_id, kind, valid_from, status)
       values ('UM-2', $1, 'water', '2020-01-01', 'terminated') returning id`,
      [bare],
    );
    expect(await kept()).toEqual([
      [1, today],
      [1, today],
    ]);
    await superuser.query(`update ibok.contracts set status = 'active' where id = $1`, [contract]);
    expect(await kept()).toEqual([
      [1, null],
      [1, null],
    ]);
  });

  it.each([
    ['2025-12-10', '2031-12-31'],
    ['2025-03-01', '2031-12-31'],
    ['2024-12-31', '2030-12-31'],
    ['2026-01-01', '2032-12-31'],
  ])('keeps an invoice of %s until %s', async (issued, until) => {
    const superuser = await database().asSuperuser();
    expect(await value(superuser, 'select ibok.invoice_kept_until($1)::text', [issued])).toBe(until);
  });

  it('is whole or not at all, wherever the connection is cut', { timeout: 60_000 }, async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'przerwa');
    const id = await approved(planted, 'przerwa');
    const before = await findCanaries(superuser, 'przerwa');
    const positions = (
      await superuser.query<{ position: number }>(
        `select position from ibok.erasure_parts where action <> 'keep' order by position`,
      )
    ).rows.map(({ position }) => position);
    // A part of its own that waits for us, before the first part, between each two, and after the last.
    await superuser.query(`create function ibok.erase_pause(bigint) returns bigint language plpgsql as
      $$ begin perform pg_advisory_xact_lock(77); return 0; end $$`);
    await superuser.query(`alter function ibok.erase_pause(bigint) owner to ibok_owner`);
    await superuser.query(`grant execute on function pg_advisory_xact_lock(bigint) to ibok_owner`);
    await superuser.query(`insert into ibok.erasure_parts (part, position, action, counts, erases)
      values ('pause', 1, 'clear', 'count_account', 'erase_pause')`);
    await superuser.query('select pg_advisory_lock(77)');
    for (const position of [0, ...positions]) {
      await superuser.query(`update ibok.erasure_parts set position = $1 where part = 'pause'`, [position + 1]);
      const worker = await database().asLogin('ibok_worker');
      const pid = await value<number>(worker, 'select pg_backend_pid()');
      const cut = expect(execute(worker, id)).rejects.toThrow();
      await expect
        .poll(() => value(superuser, 'select wait_event from pg_stat_activity where pid = $1', [pid]), {
          interval: 5,
          timeout: 10_000,
        })
        .toBe('advisory');
      await superuser.query('select pg_terminate_backend($1)', [pid]);
      await cut;
      expect(await value(superuser, 'select status from ibok.accounts where id = $1', [planted.account])).toBe(
        'deleting',
      );
    }
    expect(await findCanaries(superuser, 'przerwa')).toEqual(before);
    expect(await value(superuser, `select count(*) from ibok.outbox where key = 'deletion.done:' || $1`, [id])).toBe(
      '0',
    );

    await superuser.query(`delete from ibok.erasure_parts where part = 'pause'`);
    expect(await execute(await database().asLogin('ibok_worker'), id)).toBe('done');
    expect(await findCanaries(superuser, 'przerwa')).toEqual({ 'ibok.outbox': 1 });
  });

  it('waits for a mail that is being sent, and for a legal hold', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'czeka');
    const id = await approved(planted, 'czeka');
    const worker = await database().asLogin('ibok_worker');
    const due = async () =>
      (await worker.query<{ id: string }>('select jobs.due_deletions() as id')).rows.map((r) => r.id);
    expect(await due()).toContain(id);

    await superuser.query(
      `update ibok.outbox set state = 'sending', lease_until = now() + interval '5 minutes'
        where record = 'registrations:' || $1`,
      [planted.refused],
    );
    expect(await due()).not.toContain(id);
    await expect(execute(worker, id)).rejects.toMatchObject({ code: 'IB006', constraint: 'erasure_mail_sending' });
    await superuser.query(
      `update ibok.outbox set state = 'new', lease_until = null where record = 'registrations:' || $1`,
      [planted.refused],
    );

    const hold = await value<string>(
      superuser,
      `insert into ibok.legal_holds (customer_id, reason) values ($1, 'spór') returning id`,
      [customer],
    );
    expect(await due()).not.toContain(id);
    expect(await execute(worker, id)).toBe('held');
    expect(await value(superuser, 'select status from ibok.accounts where id = $1', [planted.account])).toBe(
      'deleting',
    );
    await superuser.query('update ibok.legal_holds set released_by = $2, released_at = now() where id = $1', [
      hold,
      's_iod',
    ]);
    expect(await due()).toContain(id);
    expect(await execute(worker, id)).toBe('done');
  });
});

describe('the registry of erasure', () => {
  it('names every table that holds something of an account', async () => {
    const superuser = await database().asSuperuser();
    // Tables that point at an account or an application, and those whose trail is kept under one.
    const { rows: tables } = await superuser.query<{ name: string }>(`
      select distinct c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
       where k.contype = 'f' and k.confrelid in ('ibok.accounts'::regclass, 'ibok.registrations'::regclass)
      union
      select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where t.tgname = 'audit_record'
         and encode(t.tgargs, 'escape') ~ '(account|registration|record|task):|owner|document:'
      union select 'accounts' order by 1`);
    expect(tables.length).toBeGreaterThan(18);
    const { rows } = await superuser.query<{ sources: string }>(`
      select string_agg(p.prosrc, ' ') as sources from ibok.erasure_parts e
        join pg_proc p on p.proname in (e.counts, e.erases, 'drop_documents') and p.pronamespace = 'ibok'::regnamespace`);
    const sources = rows[0]?.sources ?? '';
    expect(tables.filter(({ name }) => !new RegExp(`ibok\\.${name}\\b`).test(sources)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('has a function for each part, and a ground for each that is kept', async () => {
    const superuser = await database().asSuperuser();
    const { rows } = await superuser.query<{ part: string; there: boolean }>(`
      select e.part, to_regprocedure(format('ibok.%I(bigint)', e.counts)) is not null
        and (e.erases is null or to_regprocedure(format('ibok.%I(bigint)', e.erases)) is not null) as there
        from ibok.erasure_parts e`);
    expect(rows.filter(({ there }) => !there)).toEqual([]);
  });
});

describe('what stays of a deletion', () => {
  it('goes when its time has come, and leaves a number for the statistics', async () => {
    const superuser = await database().asSuperuser();
    const planted = await plantCanaryAccount(superuser, customer, 'czas');
    const id = await approved(planted, 'czas');
    const worker = await database().asLogin('ibok_worker');
    await execute(worker, id);
    const purge = () => value(worker, 'select jobs.purge_deletions()');
    await superuser.query(`update ibok.deletion_requests set closed_at = '2020-01-01T12:00:00Z' where id = $1`, [id]);
    expect(await purge()).toBe('0');
    await superuser.query(`update ibok.deletion_requests set closed_at = '2019-12-31T12:00:00Z' where id = $1`, [id]);
    expect(await purge()).toBe('1');
    for (const table of ['deletion_requests', 'consents', 'regulation_acceptances', 'account_access']) {
      expect(
        await value(superuser, `select count(*) from ibok.${table} where account_id = $1`, [planted.account]),
      ).toBe('0');
    }
    expect(
      await value(superuser, `select count(*) from ibok.accounts where id = $1 and status = 'deleted'`, [
        planted.account,
      ]),
    ).toBe('1');
    expect(await purge()).toBe('0');
  });
});
