import { randomUUID } from 'node:crypto';
import type { Client as Postgres } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LetterRun } from '../../shared/contract/letter-runs';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { untilSomebodyWaits } from '../support/locks';
import { readPdf } from '../support/pdf-text';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { type PlantedMeter, plantMeter } from '../support/sub-meters';

const database = testDatabase();
let desk: Desk;
let anna: Api;
let tomasz: Api;
let superuser: Postgres;
let people: Awaited<ReturnType<typeof plantPeople>>;

beforeAll(async () => {
  const { host, port, name } = database();
  people = await plantPeople(await database().asSuperuser());
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
});
beforeEach(async () => {
  superuser = await database().asSuperuser();
});
afterAll(() => desk.close());

const value = async <T>(sql: string, bind: unknown[] = []): Promise<T> =>
  Object.values((await superuser.query(sql, bind)).rows[0] ?? {})[0] as T;
const rowsOf = (meters: PlantedMeter[]) => ({ is: 'rows' as const, ids: meters.map(({ id }) => id) });
const plan = (meters: PlantedMeter[], channel: 'letter' | 'mail_first' = 'letter', again = false) => ({
  selection: rowsOf(meters),
  channel,
  again,
});

async function start(
  meters: PlantedMeter[],
  channel: 'letter' | 'mail_first' = 'letter',
  { again = false, requestId = randomUUID(), api = anna } = {},
): Promise<LetterRun> {
  const run = await api.letterRuns.start.mutate({
    ...plan(meters, channel, again),
    requestId,
    confirmed: meters.length,
  });
  return ended(run.id, api);
}

async function ended(id: string, api = anna): Promise<LetterRun> {
  for (let patience = 100; patience > 0; patience -= 1) {
    const run = await api.letterRuns.get.query({ id });
    if (run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the run goes on and on');
}

async function pagesOf(run: LetterRun, window = 'anna', api = anna): Promise<string[]> {
  const { slot } = await api.documents.open.mutate({ versionId: run.document?.version.id ?? '' });
  const { pages } = await readPdf(desk.core.slots.take({ id: window }, slot)?.bytes ?? new Uint8Array());
  return pages.map(({ text }) => text);
}

const street = (street: string, houseNo: string, customer: string | null = people.bare, more = {}) =>
  plantMeter(superuser, { premise: { street, houseNo, route: 'R2' }, customer, ...more });

describe('letters to many', () => {
  it('make one PDF in the order of the round, and a receipt of every meter with the reason why not', async () => {
    const tenth = await street('Leśna', '10');
    const second = await street('Leśna', '2a', people.zuk, { place: 'ogród' });
    const early = await plantMeter(superuser, {
      premise: { street: 'Żytnia', houseNo: '1', route: 'R1' },
      customer: people.firm,
    });
    const empty = await street('Leśna', '3', null);
    const dead = await street('Leśna', '4', people.village);
    const unmarked = await street('Leśna', '5', people.bare, { mark: null });
    const main = await street('Leśna', '6', people.bare, { role: 'main' });
    const meters = [tenth, second, early, empty, dead, unmarked, main];
    expect(await anna.letterRuns.plan.query(plan(meters))).toEqual({
      letters: 3,
      mails: 0,
      refused: { NOBODY_SUPPLIED: 1, CUSTOMER_DECEASED: 1, NO_LEGALIZATION: 1, NOT_A_SUB_METER: 1 },
    });

    const run = await start(meters);
    expect(run).toMatchObject({ state: 'done', total: 7, made: 3, mailed: 0, refused: 4, toDraw: 3, mayAct: true });
    const pages = await pagesOf(run);
    expect(pages).toHaveLength(3);
    expect(pages[0]).toMatch(/Wspólnota „Pod Lipami” Żytnia 1 83-300 Kartuzy .*Miejsce: Żytnia 1, 83-300 Kartuzy /);
    expect(pages[1]).toMatch(
      new RegExp(
        `Zofia Żuk .*podlicznika nr ${second.id} – ważna do 31\\.12\\.2026 .*Leśna 2a, 83-300 Kartuzy, ogród .*Strona 1 z 1`,
      ),
    );
    expect(pages[2]).toContain(`IBOK/L-${run.id.padStart(6, '0')}/`);

    const { rows } = await anna.letterRuns.rows.query({ id: run.id });
    expect(rows.map(({ meterId, outcome, error, page }) => [meterId, outcome, error, page])).toEqual([
      [early.id, 'made', null, 1],
      [second.id, 'made', null, 2],
      [empty.id, 'refused', 'NOBODY_SUPPLIED', null],
      [dead.id, 'refused', 'CUSTOMER_DECEASED', null],
      [unmarked.id, 'refused', 'NO_LEGALIZATION', null],
      [main.id, 'refused', 'NOT_A_SUB_METER', null],
      [tenth.id, 'made', null, 3],
    ]);
    expect((await anna.letterRuns.rows.query({ id: run.id, outcome: 'refused' })).rows).toHaveLength(4);
    const page = await anna.letterRuns.list.query({ question: { sort: { key: 'number', descending: true } } });
    expect(page.rows[0]).toMatchObject({ id: run.id, made: 3, refused: 4, displayName: 'Anna Klerk' });
    // Whose names and addresses were read, and how many.
    const read = `select row_count from audit.reads where login = 's_anna' and purpose = 'letter_run' and fields = $1`;
    expect(await value<number>(read, [`letter_run: ${run.id}`])).toBe(3);
    // The file is as many looks as it has letters, once per opening, and the alarm hears of them.
    const opened = `documents:${run.document?.id} version 1`;
    expect(await value<number>(read, [opened])).toBe(3);
    const looks = `select count(*)::int from audit.reads where fields = $1 or purpose = $1`;
    expect(await value(looks, [opened])).toBe(1);
    const supervisor = await database().asLogin('s_barbara');
    for (const offset of [1, 2]) {
      await supervisor.query('select api.read_document($1, $2, 1)', [run.document?.version.id, offset]);
    }
    expect(await value(looks, [opened])).toBe(2);
    await superuser.query(
      `insert into audit.reads (login, application, purpose, fields, row_count) values ('s_barbara', 'x', 'export', 'x', 19995)`,
    );
    const alarms = `select count(*)::int from audit.alarms where kind = 'export_rows' and login = 's_barbara'`;
    expect(await value(alarms)).toBe(0);
    await supervisor.query('select api.read_document($1, 0, 1)', [run.document?.version.id]);
    expect(await value(alarms)).toBe(1);
  });

  it('go by mail to whoever has an address, once, whatever is started again', async () => {
    const reached = await street('Polna', '1', people.zuk);
    const paper = await street('Polna', '2');
    const requestId = randomUUID();
    const run = await start([reached, paper], 'mail_first', { requestId });
    expect(run).toMatchObject({ state: 'done', made: 1, mailed: 1 });
    expect((await start([reached, paper], 'mail_first', { requestId })).id).toBe(run.id);
    const mails = `select count(*)::int from ibok.outbox where key like 'letter_run:%' and record = $1`;
    expect(await value(mails, [`customers:${people.zuk}`])).toBe(1);
    const mail = await value<Record<string, string>>(
      `select jsonb_build_object('to', to_address, 'by', created_by) || fields from ibok.outbox where key = $1`,
      [`letter_run:${run.id}:${reached.id}`],
    );
    expect(mail).toMatchObject({
      to: 'zofia.zuk@example.com',
      by: 's_anna',
      name: 'Zofia Żuk',
      meter: reached.id,
      place: 'Polna 1, 83-300 Kartuzy',
      valid_until: '2026-12-31',
    });

    // The same end of legalization: nobody is told twice, unless that is wanted.
    expect(await anna.letterRuns.plan.query(plan([reached, paper], 'mail_first'))).toEqual({
      letters: 0,
      mails: 0,
      refused: { ALREADY_NOTIFIED: 2 },
    });
    expect(await start([reached, paper], 'mail_first')).toMatchObject({ state: 'done', refused: 2, document: null });
    expect(await value(mails, [`customers:${people.zuk}`])).toBe(1);
    expect(await start([reached], 'mail_first', { again: true })).toMatchObject({ mailed: 1 });
    // A new mark ends on another day.
    await superuser.query(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on) values ($1, 'until_month', '03/2027', '2024-02-01')`,
      [paper.id],
    );
    expect(await anna.letterRuns.plan.query(plan([paper]))).toMatchObject({ letters: 1 });
  });

  it('are marked as posted with a day, which the registry and the meter then show', async () => {
    const meter = await street('Krótka', '1');
    const run = await start([meter]);
    const letterOn = () =>
      value<string | null>('select letter_on::text from ibok.meter_registry where meter_id = $1', [meter.id]);
    expect(await letterOn()).toBeNull();
    const today = await value<string>('select ibok.today()::text');
    expect(await anna.letterRuns.mark.mutate({ id: run.id, sentOn: today })).toMatchObject({
      sentOn: today,
      sentByName: 'Anna Klerk',
    });
    expect(await letterOn()).toBe(today);
    expect((await anna.letterRuns.ofMeter.query({ meterId: meter.id })).notices).toMatchObject([
      { runId: run.id, channel: 'letter', sentOn: today, page: 1, customerName: 'Kowalski Adam' },
    ]);
    await anna.letterRuns.mark.mutate({ id: run.id, sentOn: null });
    expect(await letterOn()).toBeNull();
    expect(await refusalOf(anna.letterRuns.mark.mutate({ id: run.id, sentOn: '2041-01-01' }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await refusalOf(anna.letterRuns.mark.mutate({ id: run.id, sentOn: '2020-01-01' }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('leave out, by name, the one that the typeface cannot draw', async () => {
    const odd = await street('Szeroka', '1', people.bare, { place: 'za płotem 😀' });
    const good = await street('Szeroka', '2');
    const run = await start([odd, good]);
    expect(run).toMatchObject({ state: 'done', made: 1, refused: 1 });
    const pages = await pagesOf(run);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Szeroka 2');
    const { rows } = await anna.letterRuns.rows.query({ id: run.id });
    expect(rows.map(({ error, page }) => [error, page])).toEqual([
      ['LETTER_CHARACTER', null],
      [null, 1],
    ]);
  });

  it('are kept by the database as they were made: no second version, no other file beside them', async () => {
    const run = await start([await street('Stała', '1')], 'letter', { api: tomasz });
    expect(run).toMatchObject({ state: 'done', made: 1 });
    expect(await pagesOf(run, 'tomasz', tomasz)).toHaveLength(1);
    const supervisor = await database().asLogin('s_barbara');
    await expect(supervisor.query('select api.restore_version($1)', [run.document?.version.id])).rejects.toMatchObject({
      code: 'IB006',
    });
    await expect(
      supervisor.query(`select api.add_document('letter_runs', $1, 'x', 'letter', gen_random_uuid())`, [run.id]),
    ).rejects.toMatchObject({ code: 'IB004' });
  });

  it('are refused for another number of meters than was confirmed, and for nothing', async () => {
    const meter = await street('Pusta', '1');
    const input = { ...plan([meter]), requestId: randomUUID() };
    expect(await refusalOf(anna.letterRuns.start.mutate({ ...input, confirmed: 2 }))).toMatchObject({
      code: 'SELECTION_CHANGED',
      details: { count: 1 },
    });
    const nothing = { is: 'rows' as const, ids: ['999999999999'] };
    expect(await refusalOf(anna.letterRuns.plan.query({ ...plan([]), selection: nothing }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a run that was cut off', () => {
  /** As a killed program leaves it: begun, nothing drawn. */
  async function cutOff(meters: PlantedMeter[], channel = 'letter'): Promise<string> {
    const client = await database().asLogin('s_anna');
    const { rows } = await client.query(`select api.begin_letter_run('{}', $1, $2, null) ->> 'runId' as id`, [
      meters.map(({ id }) => id),
      channel,
    ]);
    await superuser.query(`update ibok.letter_runs set seen_at = now() - interval '5 minutes' where id = $1`, [
      rows[0].id,
    ]);
    return rows[0].id;
  }

  it('has made and sent nothing, goes on, and then sends each message once', async () => {
    const meters = [await street('Cięta', '1', people.zuk), await street('Cięta', '2')];
    const id = await cutOff(meters, 'mail_first');
    expect(await anna.letterRuns.get.query({ id })).toMatchObject({ state: 'interrupted', drawn: null, toDraw: 1 });
    expect(await value('select count(*)::int from ibok.outbox where key like $1', [`letter_run:${id}:%`])).toBe(0);
    // Who is supplied may have changed since.
    await superuser.query(`update ibok.supplies set customer_id = $1 where supply_point_id = $2`, [
      people.firm,
      meters[1]?.point,
    ]);
    await anna.letterRuns.resume.mutate({ id });
    const run = await ended(id);
    expect(run).toMatchObject({ state: 'done', made: 1, mailed: 1 });
    expect((await pagesOf(run))[0]).toContain('Wspólnota „Pod Lipami”');
    expect(await value('select count(*)::int from ibok.outbox where key like $1', [`letter_run:${id}:%`])).toBe(1);
  });

  it('keeps its meters to itself until it is ended', async () => {
    const meter = await street('Zajęta', '1', people.zuk);
    const id = await cutOff([meter], 'mail_first');
    expect(await anna.letterRuns.plan.query(plan([meter], 'mail_first', true))).toMatchObject({
      refused: { IN_OTHER_RUN: 1 },
    });
    expect(await refusalOf(tomasz.letterRuns.cancel.mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await anna.letterRuns.cancel.mutate({ id })).toMatchObject({
      state: 'cancelled',
      mailed: 0,
      document: null,
    });
    expect(await anna.letterRuns.plan.query(plan([meter], 'mail_first'))).toMatchObject({ mails: 1 });
    // What is ended stays so, also for a program that had it nearly done.
    const client = await database().asLogin('s_anna');
    const late = await client.query(`select api.finish_letter_run($1, '[]', null) ->> 'state' as state`, [id]);
    expect(late.rows[0].state).toBe('cancelled');
    expect(await value('select count(*)::int from ibok.outbox where key like $1', [`letter_run:${id}:%`])).toBe(0);
  });

  it('waits for a meter before it takes another one of a greater number', async () => {
    const low = await street('Kolejna', '1');
    const high = await street('Kolejna', '2', people.zuk);
    const id = await cutOff([low, high], 'mail_first');
    const client = await database().asLogin('s_anna');
    await superuser.query('begin');
    await superuser.query('select from ibok.meters where id = $1 for no key update', [low.id]);
    // Nothing to draw, so that no file is needed: the one letter is refused.
    const finished = client.query(`select api.finish_letter_run($1, $2, null) ->> 'state' as state`, [
      id,
      JSON.stringify([{ meterId: low.id, error: 'LETTER_CHARACTER' }]),
    ]);
    await untilSomebodyWaits(await database().asSuperuser());
    await superuser.query('select from ibok.meters where id = $1 for no key update', [high.id]);
    await superuser.query('commit');
    expect((await finished).rows).toEqual([{ state: 'done' }]);
  });

  it('is refused its end by anything but its own letters', async () => {
    const meter = await street('Obca', '1');
    const id = await cutOff([meter]);
    const client = await database().asLogin('s_anna');
    for (const [placed, code] of [
      ['[]', 'IB003'],
      [`[{"meterId": "${meter.id}", "page": 1}]`, 'IB004'],
      [`[{"meterId": "${meter.id}", "page": 1}, {"meterId": "1", "page": 2}]`, 'IB003'],
    ]) {
      await expect(
        client.query('select api.finish_letter_run($1, $2::jsonb, null)', [id, placed]),
      ).rejects.toMatchObject({ code });
    }
    await anna.letterRuns.cancel.mutate({ id });
  });
});
