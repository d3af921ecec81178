import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sequelize } from 'sequelize';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standardPorts } from '../../main/core/ports';
import { openPool } from '../../main/db/connect';
import { reader } from '../../main/db/statements';
import { type MailSink, openMailSink } from '../../main/demo/mail-sink';
import { folderArchive } from '../../main/hosts/worker/archive';
import { smtpMail } from '../../main/hosts/worker/mail';
import { anchorSeals, sealAuditTrail } from '../../main/modules/audit/audit.jobs';
import { noted } from '../../main/modules/health/health.jobs';
import { insertCustomer } from '../support/customers';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'ibok-anchors-'));
const mails = join(folder, 'mail');
const anchors = join(folder, 'anchors');
let sink: MailSink;
let desk: Desk;
let pool: Sequelize;

beforeAll(async () => {
  sink = await openMailSink(mails);
});
afterAll(async () => {
  await sink.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  pool = openPool({ hosts: [{ host, port }], database: name, user: 'ibok_worker', password: TEST_PASSWORD, ca: null });
});
afterEach(async () => {
  await Promise.all([desk.close(), pool.close()]);
});

const as = (login: string): Promise<Client> => desk.window(login).signIn(login, TEST_PASSWORD);
const outside = () => ({
  ...standardPorts(() => undefined),
  mail: smtpMail({ IBOK_SMTP_URL: `smtp://127.0.0.1:${sink.port}`, IBOK_MAIL_FROM: 'ibok@example.org' }),
  archive: folderArchive({ IBOK_ANCHOR_FOLDER: anchors }),
});
const sealed = async () => {
  await sealAuditTrail.run(reader(pool));
  await sealAuditTrail.run(reader(pool));
};
const newestFirst = { sort: { key: 'at', descending: true }, filters: {} };

describe('the daily anchor', () => {
  // Each test makes the anchor of the day anew.
  beforeEach(async () => {
    const root = await database().asSuperuser();
    await root.query('set session_replication_role = replica');
    await root.query('delete from audit.anchors');
    rmSync(anchors, { recursive: true, force: true });
  });

  it('leaves as a file and by mail, once a day, and still fits the chain', async () => {
    const root = await database().asSuperuser();
    await root.query(`update ibok.staff_members set email = 'iod@example.org' where login = 's_iod'`);
    await insertCustomer(root);
    await sealed();
    const job = anchorSeals(outside());
    await job.run(reader(pool));
    await job.run(reader(pool));

    const files = readdirSync(anchors);
    expect(files).toHaveLength(1);
    const kept = JSON.parse(readFileSync(join(anchors, files[0] as string), 'utf8'));
    expect(kept).toMatchObject({ kind: 'ibok-seal-anchor', head: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const letters = readdirSync(mails).filter((name) => name.endsWith('.eml'));
    expect(letters).toHaveLength(1);
    const letter = readFileSync(join(mails, letters[0] as string), 'utf8');
    expect(letter).toContain('To: iod@example.org');
    expect(letter).toContain(`Message-ID: <kotwica-${kept.day}-1-${kept.head.slice(0, 16)}@example.org>`);

    const officer = await as('s_iod');
    const { anchors: listed } = await officer.audit.anchors.query();
    expect(listed).toMatchObject([{ day: kept.day, head: kept.head, lastEvent: kept.lastEvent }]);
    expect(listed[0]?.storedAt).not.toBeNull();
    expect(listed[0]?.mailedAt).not.toBeNull();
    expect(await officer.audit.checkAnchor.query({ lastEvent: kept.lastEvent, head: kept.head })).toEqual({
      problem: null,
      day: kept.day,
    });
  });

  it('finds out whoever rewrites the whole chain, which verifies by itself', async () => {
    const root = await database().asSuperuser();
    await insertCustomer(root);
    await sealed();
    await anchorSeals({ ...outside(), mail: null }).run(reader(pool));
    const name = readdirSync(anchors).at(-1) as string;
    const kept = JSON.parse(readFileSync(join(anchors, name), 'utf8'));

    await root.query('begin');
    await root.query('set local session_replication_role = replica');
    await root.query(`update audit.events set login = 's_nobody' where id = (select min(id) from audit.events)`);
    await root.query('delete from audit.seals');
    await root.query('commit');
    await sealed();

    const officer = await as('s_iod');
    expect(await officer.audit.verify.mutate()).toMatchObject({ ok: true, firstBad: null });
    const checked = await officer.audit.checkAnchor.query({ lastEvent: kept.lastEvent, head: kept.head });
    expect(checked.problem).not.toBeNull();
  });

  it('goes out one way while the other is blocked, and to one officer while another refuses', async () => {
    const root = await database().asSuperuser();
    await root.query(`update ibok.staff_members set email = 'iod@example.org' where login = 's_iod'`);
    await root.query(`update ibok.staff_members set staff_group = 'bok_dpo', email = 'azastepca@example.org'
                       where login = 's_tomasz'`);
    await insertCustomer(root);
    await sealed();
    const sent: string[] = [];
    const blocked = new Error('no room');
    const outsideBlocked = {
      ...outside(),
      archive: { store: () => Promise.reject(blocked) },
      mail: {
        send: async ({ to }: { to: string }) => {
          if (to.startsWith('azastepca')) throw blocked;
          sent.push(to);
        },
        check: async () => undefined,
        close: () => undefined,
      },
    };
    const job = anchorSeals(outsideBlocked);
    await expect(job.run(reader(pool))).rejects.toBe(blocked);
    await expect(job.run(reader(pool))).rejects.toBe(blocked);
    expect(sent).toEqual(['iod@example.org']);
    const { rows } = await root.query('select stored_at, mailed_at from audit.anchors');
    expect(rows).toEqual([{ stored_at: null, mailed_at: null }]);
    await root.query(
      `update ibok.staff_members set staff_group = 'bok_technician', email = null where login = 's_tomasz'`,
    );
  });

  it('waits while the mail server is away, and goes on afterwards without a second file', async () => {
    const root = await database().asSuperuser();
    await root.query(`update ibok.staff_members set email = 'iod@example.org' where login = 's_iod'`);
    await insertCustomer(root);
    await sealed();
    const away = {
      ...outside(),
      mail: smtpMail({ IBOK_SMTP_URL: 'smtp://127.0.0.1:1', IBOK_MAIL_FROM: 'ibok@example.org' }),
    };
    const job = noted(anchorSeals(away));
    await expect(job.run(reader(pool))).rejects.toThrow();
    const supervisor = await as('s_barbara');
    const ill = await supervisor.health.get.query();
    expect(ill.programs).toMatchObject([{ name: expect.stringMatching(/^ibok-desk\/\d+\.\d+\.\d+$/), persons: 1 }]);
    expect(ill.worker.jobs).toMatchObject([{ job: 'anchor', failures: 1, condition: 'late' }]);
    expect(ill.sealer).toMatchObject({ anchorsNotStored: 0, anchorsNotMailed: 1 });

    await noted(anchorSeals(outside())).run(reader(pool));
    const well = await supervisor.health.get.query();
    expect(well.worker.jobs).toMatchObject([{ job: 'anchor', failures: 0, fault: null, condition: 'good' }]);
    expect(well.sealer.anchorsNotMailed).toBe(0);
  });
});

describe('the journal', () => {
  it('tells the administrator who did what, and the officer the values as well', async () => {
    const root = await database().asSuperuser();
    const customer = await insertCustomer(root, { phone: '600100200' });
    const clerk = await as('s_anna');
    await clerk.customers.editContact.mutate({
      id: customer,
      requestId: crypto.randomUUID(),
      changes: { phone: { from: '600100200', to: '600100201' } },
    });
    const filters = {
      rowId: { is: 'oneOf' as const, values: [customer] },
      login: { is: 'oneOf' as const, values: ['s_anna'] },
    };
    const question = { ...newestFirst, filters };

    const admin = await as('s_admin');
    const page = await admin.audit.journal.query({ question });
    expect(page.rows).toMatchObject([
      { login: 's_anna', table: 'customers', op: 'update', displayName: expect.any(String) },
    ]);
    expect(await admin.audit.journalCount.query({ question: { filters } })).toEqual({ count: 1, capped: false });
    const event = page.rows[0]?.id as string;
    expect(await refusalOf(admin.audit.journalValues.query({ id: event }))).toMatchObject({ code: 'NOT_ALLOWED' });

    const officer = await as('s_iod');
    expect(await officer.audit.journalValues.query({ id: event })).toEqual({
      subject: `customer:${customer}`,
      changes: { phone: ['600100200', '600100201'] },
    });
    expect(await refusalOf(clerk.audit.journal.query({ question }))).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('pages through everything once, by day and by person', async () => {
    const root = await database().asSuperuser();
    for (let index = 0; index < 25; index++) await insertCustomer(root);
    const admin = await as('s_admin');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof admin.audit.journal.query>> = await admin.audit.journal.query({
        question: newestFirst,
        limit: 7,
        cursor,
      });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    const { rows } = await root.query('select id from audit.events order by id desc');
    expect(seen).toEqual(rows.map(({ id }) => String(id)));

    const today = (await root.query(`select ibok.today()::text as day`)).rows[0].day as string;
    const { days } = await admin.audit.activity.query({ from: today, to: today });
    expect(days.reduce((sum, { acts }) => sum + acts, 0)).toBe(seen.length);
    expect(await refusalOf(admin.audit.activity.query({ from: '2026-01-01', to: today }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('shows the read log to the officer alone', async () => {
    const root = await database().asSuperuser();
    const customer = await insertCustomer(root);
    const clerk = await as('s_anna');
    await clerk.customers.card.query({ id: customer, purpose: 'visit' });
    const officer = await as('s_iod');
    const filters = {
      login: { is: 'oneOf' as const, values: ['s_anna'] },
      purpose: { is: 'oneOf' as const, values: ['visit'] },
    };
    const page = await officer.audit.reads.query({ question: { ...newestFirst, filters } });
    expect(page.rows).toMatchObject([{ login: 's_anna', customerId: customer, purpose: 'visit' }]);
    const admin = await as('s_admin');
    expect(await refusalOf(admin.audit.reads.query({ question: newestFirst }))).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('the mail server of the worker', () => {
  it.each(['mail.example.org:587', 'https://mail.example.org', 'smtp://', 'nonsense'])('is not %s', (address) => {
    expect(() => smtpMail({ IBOK_SMTP_URL: address, IBOK_MAIL_FROM: 'ibok@example.org' })).toThrow(
      'IBOK_SMTP_URL must',
    );
  });

  it('needs no password in its address, and a sender', () => {
    const from = { IBOK_MAIL_FROM: 'ibok@example.org' };
    expect(() => smtpMail({ ...from, IBOK_SMTP_URL: 'smtp://u:p@mail.example.org' })).toThrow('IBOK_SMTP_PASSWORD');
    expect(() => smtpMail({ IBOK_SMTP_URL: 'smtp://mail.example.org' })).toThrow('IBOK_MAIL_FROM');
    expect(smtpMail({})).toBeNull();
  });
});
