import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListName, ViewState } from '../../shared/contract/lists';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Api;
let barbara: Api;

beforeAll(async () => {
  const { host, port, name } = database();
  await plantPeople(await database().asSuperuser());
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
});
afterAll(() => desk.close());

const STATE: ViewState = {
  columns: [
    { key: 'customerNo', width: 120, hidden: false },
    { key: 'officeNote', width: null, hidden: true },
  ],
  question: {
    words: 'kartuzy',
    filters: { name: { is: 'text', how: 'begins', text: 'Żuk' } },
    sort: { key: 'name', descending: true },
  },
};

const view = (
  name: string,
  more: { shared?: boolean; id?: string | null; state?: ViewState; requestId?: string } = {},
) => ({
  requestId: randomUUID(),
  id: null,
  list: 'customers' as ListName,
  name,
  state: STATE,
  shared: false,
  ...more,
});
const names = async (api: Api) => (await api.lists.views.query({ list: 'customers' })).views.map(({ name }) => name);
const found = async (api: Api, id: string) =>
  (await api.lists.views.query({ list: 'customers' })).views.find((saved) => saved.id === id);

describe('a saved view', () => {
  it('comes back whole, to its owner alone', async () => {
    const { id } = await anna.lists.saveView.mutate(view('Moi z Kartuz'));
    expect(await found(anna, id)).toEqual({
      id,
      list: 'customers',
      name: 'Moi z Kartuz',
      state: STATE,
      shared: false,
      own: true,
      ownerName: 'Anna Klerk',
      pinned: false,
    });
    expect(await found(barbara, id)).toBeUndefined();
    expect(await names(barbara)).toEqual([]);
  });

  it('that is shared is seen by those who may open the list, and changed by its owner alone', async () => {
    const { id } = await anna.lists.saveView.mutate(view('Wspólny', { shared: true }));
    expect(await found(barbara, id)).toMatchObject({ own: false, ownerName: 'Anna Klerk', shared: true });
    for (const call of [
      barbara.lists.saveView.mutate(view('Przejęty', { id })),
      barbara.lists.removeView.mutate({ id, requestId: randomUUID() }),
    ]) {
      expect((await refusalOf(call)).code).toBe('NOT_FOUND');
    }
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    expect((await refusalOf(admin.lists.views.query({ list: 'customers' }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(admin.lists.pinView.mutate({ id, pinned: true }))).code).toBe('NOT_FOUND');
    expect((await found(anna, id))?.name).toBe('Wspólny');
  });

  it('is made once, however often it is sent, and its name once for each person', async () => {
    const input = view('Raz');
    const { id } = await anna.lists.saveView.mutate(input);
    expect(await anna.lists.saveView.mutate(input)).toEqual({ id });
    expect((await refusalOf(anna.lists.saveView.mutate({ ...input, name: 'Inna' }))).code).toBe('REQUEST_ID_REUSED');
    expect((await refusalOf(anna.lists.saveView.mutate(view('Raz')))).code).toBe('DUPLICATE');
    await expect(barbara.lists.saveView.mutate(view('Raz'))).resolves.toBeDefined();
    await anna.lists.saveView.mutate(view('Raz i jeszcze', { id }));
    expect(await names(anna)).toContain('Raz i jeszcze');
  });

  it.each<[string, Partial<ViewState['question']>]>([
    ['a column the list does not have', { filters: { pesel: { is: 'filled' } } }],
    ['an order without an index', { sort: { key: 'kind', descending: false } }],
  ])('is refused with %s', async (_, part) => {
    const state = { ...STATE, question: { ...STATE.question, ...part } };
    expect((await refusalOf(anna.lists.saveView.mutate(view('Zły', { state })))).code).toBe('INVALID_INPUT');
  });

  it('leaves its name in the trail and no word of its filter', async () => {
    const { id } = await anna.lists.saveView.mutate(view('Śledzony'));
    const { rows } = await (await database().asSuperuser()).query<{ changes: Record<string, unknown[]> }>(
      `select changes from audit.events join audit.event_values on event_id = id
        where table_name = 'saved_views' and row_id = $1`,
      [id],
    );
    expect(rows[0]?.changes).toMatchObject({ name: [null, 'Śledzony'] });
    expect(JSON.stringify(rows)).not.toContain('Żuk');
  });
});

describe('a pinned view', () => {
  const counters = async (api: Api) => (await api.lists.counters.query()).pinned;

  it('stands in its order with how many match now, for whoever pinned it', async () => {
    const question = (filters: ViewState['question']['filters']) => ({
      ...STATE,
      question: { filters, sort: STATE.question.sort },
    });
    const firms = await anna.lists.saveView.mutate(
      view('Firmy', { shared: true, state: question({ kind: { is: 'oneOf', values: ['company'] } }) }),
    );
    const everybody = await anna.lists.saveView.mutate(view('Wszyscy', { state: question({}) }));
    await anna.lists.pinView.mutate({ id: firms.id, pinned: true });
    await anna.lists.pinView.mutate({ id: everybody.id, pinned: true });
    await anna.lists.pinView.mutate({ id: firms.id, pinned: true });
    await barbara.lists.pinView.mutate({ id: firms.id, pinned: true });
    expect((await refusalOf(barbara.lists.pinView.mutate({ id: everybody.id, pinned: true }))).code).toBe('NOT_FOUND');
    expect(await counters(anna)).toEqual([
      { id: firms.id, list: 'customers', name: 'Firmy', count: 1, capped: false },
      { id: everybody.id, list: 'customers', name: 'Wszyscy', count: 4, capped: false },
    ]);
    expect(await counters(barbara)).toEqual([expect.objectContaining({ id: firms.id, count: 1 })]);
    expect((await found(barbara, firms.id))?.pinned).toBe(true);

    await anna.lists.pinView.mutate({ id: everybody.id, pinned: false });
    expect(await counters(anna)).toHaveLength(1);
  });

  it('is gone for the others once it is shared no more, and for all once it is removed', async () => {
    const { id } = await anna.lists.saveView.mutate(view('Chwilowy', { shared: true }));
    await anna.lists.pinView.mutate({ id, pinned: true });
    await barbara.lists.pinView.mutate({ id, pinned: true });
    const pinned = async (api: Api) => (await counters(api)).some((view) => view.id === id);
    await anna.lists.saveView.mutate(view('Chwilowy', { id }));
    expect([await pinned(anna), await pinned(barbara)]).toEqual([true, false]);
    await anna.lists.removeView.mutate({ id, requestId: randomUUID() });
    expect(await pinned(anna)).toBe(false);
  });

  it('over a column that its list has no more is left out', async () => {
    const { id } = await anna.lists.saveView.mutate(view('Dawny'));
    await anna.lists.pinView.mutate({ id, pinned: true });
    await (await database().asSuperuser()).query(
      `update ibok.saved_views set state = jsonb_set(state, '{question,filters}', '{"gone": {"is": "empty"}}') where id = $1`,
      [id],
    );
    expect((await counters(anna)).map((pinned) => pinned.id)).not.toContain(id);
  });
});
