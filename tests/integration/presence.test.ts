import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Client;
let barbara: Client;
const record = 'customers:12';

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
});
afterAll(() => desk.close());

test('a colleague sees who has a record open, who edits it, and hears of each change', async () => {
  const { seen, stop } = desk.window('barbara').hints();
  await anna.presence.touch.mutate({ record, editing: false });
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual([{ topic: 'presence', id: record }]);
  expect((await barbara.presence.list.query({ record })).present).toMatchObject([
    { record, login: 's_anna', displayName: 'Anna Klerk', editing: false, own: false },
  ]);
  // A sign of life is nobody's news, editing is.
  await anna.presence.touch.mutate({ record, editing: false });
  await anna.presence.touch.mutate({ record, editing: true });
  await expect.poll(() => seen, { timeout: 10_000 }).toHaveLength(2);
  expect((await anna.presence.list.query({})).present).toMatchObject([{ record, editing: true, own: true }]);
  await anna.presence.leave.mutate({ record });
  await expect.poll(() => seen, { timeout: 10_000 }).toHaveLength(3);
  expect((await barbara.presence.list.query({ record })).present).toEqual([]);
  stop();
});

test('whoever gave no sign of life for 45 seconds is not shown, and later forgotten', async () => {
  const root = await database().asSuperuser();
  await anna.presence.touch.mutate({ record, editing: true });
  const silent = async (seconds: number) => {
    await root.query('alter table ibok.presence disable trigger presence_stamp');
    await root.query(`update ibok.presence set seen_at = now() - make_interval(secs => $1)`, [seconds]);
    await root.query('alter table ibok.presence enable trigger presence_stamp');
  };
  await silent(40);
  expect((await barbara.presence.list.query({ record })).present).toHaveLength(1);
  await silent(46);
  expect((await barbara.presence.list.query({ record })).present).toHaveLength(0);
  await silent(121);
  await (await database().asLogin('ibok_worker')).query('select jobs.reap()');
  expect((await root.query('select from ibok.presence')).rowCount).toBe(0);
});

test('leaving a record ends one’s own presence only, and a record has a form', async () => {
  await anna.presence.touch.mutate({ record, editing: false });
  await barbara.presence.leave.mutate({ record });
  expect((await barbara.presence.list.query({ record })).present).toHaveLength(1);
  expect(await refusalOf(anna.presence.touch.mutate({ record: 'customers:1; drop', editing: false }))).toMatchObject({
    code: 'INVALID_INPUT',
  });
});
