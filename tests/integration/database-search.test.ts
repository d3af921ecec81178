import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { foldText } from '../../shared/domain/fold';
import { insertCustomer, insertSupply } from '../support/customers';
import { untilSomebodyWaits } from '../support/locks';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;

beforeEach(async () => {
  root = await database().asSuperuser();
});

const found = async (id: string) =>
  (await root.query('select * from ibok.customer_search where customer_id = $1', [id])).rows[0];

describe('the search row of a customer', () => {
  it('follows name, supply, point and premise', async () => {
    const id = await insertCustomer(root, { customer_no: '00012', first_name: 'Łucja', last_name: 'Nowak-Łoś' });
    expect(await found(id)).toMatchObject({
      display_name: 'Nowak-Łoś Łucja',
      name_key: 'nowak los',
      address: '',
      point_count: 0,
      search_text: ' 00012 nowak los lucja',
    });
    const first = await insertSupply(root, id, {
      city: 'Kartuzy',
      street: 'Gdańska',
      houseNo: '4',
      flatNo: '2',
      from: '2019-01-01',
    });
    await insertSupply(root, id, { city: 'Kiełpino', houseNo: '12' });
    expect(await found(id)).toMatchObject({
      address: 'Gdańska 4/2, Kartuzy',
      city: 'Kartuzy',
      postal_code: '83-300',
      point_count: 2,
      search_text: ' 00012 nowak los lucja gdanska 4 2 kartuzy 12 kielpino',
    });
    await root.query(`update ibok.premises set street = 'Długa' where id = $1`, [first.premise]);
    expect((await found(id)).address).toBe('Długa 4/2, Kartuzy');
    await root.query(`update ibok.supplies set valid_to = '2020-06-01' where id = $1`, [first.supply]);
    expect(await found(id)).toMatchObject({ address: 'Kiełpino 12', city: 'Kiełpino', point_count: 1 });
    await root.query(`update ibok.customers set last_name = 'Żuk', deceased_on = '2026-01-01' where id = $1`, [id]);
    expect(await found(id)).toMatchObject({ display_name: 'Żuk Łucja', name_key: 'zuk', deceased: true });
    await root.query('delete from ibok.supplies where customer_id = $1', [id]);
    expect(await found(id)).toMatchObject({ address: '', point_count: 0 });
    await root.query('delete from ibok.customers where id = $1', [id]);
    expect(await found(id)).toBeUndefined();
  });

  it('moves with a supply from one customer to another, and with a point to another premise', async () => {
    const before = await insertCustomer(root);
    const after = await insertCustomer(root);
    const { supply, point } = await insertSupply(root, before, { city: 'Przodkowo', houseNo: '7' });
    await root.query('update ibok.supplies set customer_id = $1 where id = $2', [after, supply]);
    expect([(await found(before)).point_count, (await found(after)).point_count]).toEqual([0, 1]);
    const other = await insertSupply(root, before, { city: 'Sierakowice', houseNo: '8' });
    await root.query('update ibok.supply_points set premise_id = $1 where id = $2', [other.premise, point]);
    expect((await found(after)).city).toBe('Sierakowice');
  });

  it('is left alone when a phone number changes', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200' });
    const place = async () =>
      (await root.query('select ctid::text from ibok.customer_search where customer_id = $1', [id])).rows[0].ctid;
    const before = await place();
    await root.query(`update ibok.customers set phone = '600 100 200' where id = $1`, [id]);
    expect(await place()).toBe(before);
  });

  it('holds what both wrote when two transactions change name and supply at once', async () => {
    const id = await insertCustomer(root, { last_name: 'Pierwsza' });
    const other = await database().asSuperuser();
    await root.query('begin');
    await root.query(`update ibok.customers set last_name = 'Druga' where id = $1`, [id]);
    const supplied = insertSupply(other, id, { city: 'Somonino', houseNo: '3' });
    await untilSomebodyWaits(await database().asSuperuser());
    await root.query('commit');
    await supplied;
    expect(await found(id)).toMatchObject({ display_name: 'Druga', city: 'Somonino' });
  });

  it('can be made anew after a load without triggers, with the same result', async () => {
    const id = await insertCustomer(root, { last_name: 'Hurtowa' });
    await insertSupply(root, id, { city: 'Żukowo', houseNo: '9' });
    const before = (await root.query('select * from ibok.customer_search order by customer_id')).rows;
    await root.query('alter table ibok.customers disable trigger user');
    const silent = await insertCustomer(root, { last_name: 'Cicha' });
    await root.query('alter table ibok.customers enable trigger user');
    expect(await found(silent)).toBeUndefined();
    await root.query('select ibok.rebuild_customer_search()');
    expect((await found(silent)).display_name).toBe('Cicha');
    const after = await root.query('select * from ibok.customer_search where customer_id <> $1 order by customer_id', [
      silent,
    ]);
    expect(after.rows).toEqual(before);
  });

  it('is refreshed by the worker on the day a supply begins or ends', async () => {
    const id = await insertCustomer(root);
    const { supply } = await insertSupply(root, id, { city: 'Chmielno', houseNo: '5' });
    await root.query('alter table ibok.supplies disable trigger user');
    await root.query('update ibok.supplies set valid_to = ibok.today() where id = $1', [supply]);
    await root.query('alter table ibok.supplies enable trigger user');
    expect((await found(id)).city).toBe('Chmielno');
    const worker = await database().asLogin('ibok_worker');
    await worker.query(`select jobs.refresh_addresses((now() - interval '2 days')::date)`);
    expect((await found(id)).city).toBe('');
  });
});

describe('surnames for typing errors', () => {
  it('come with the first bearer and go with the last', async () => {
    const known = async () =>
      (await root.query(`select from ibok.customer_surnames where name_key = 'zdzblo'`)).rowCount;
    const first = await insertCustomer(root, { last_name: 'Źdźbło' });
    const second = await insertCustomer(root, { last_name: 'Źdźbło' });
    expect(await known()).toBe(1);
    await root.query(`update ibok.customers set last_name = 'Inna' where id = $1`, [first]);
    expect(await known()).toBe(1);
    await root.query('delete from ibok.customers where id = $1', [second]);
    expect(await known()).toBe(0);
  });
});

describe('folding', () => {
  it.each([
    ['Żuk', 'zuk'],
    ['ŁÓDŹ', 'lodz'],
    [`O'Neill`, 'o neill'],
    ['Nowak-Łoś', 'nowak los'],
    ['  ul. Gdańska 4/2 ', 'ul gdanska 4 2'],
    ['Müßiggang Ångström', 'musiggang angstrom'],
    ['İstanbul Σ ﬁ 🚰', 'stanbul'],
    ['%_\\', ''],
    ['', ''],
  ])('makes of %j the same in the database and in the program', async (text, folded) => {
    const { rows } = await root.query('select ibok.fold($1) as folded', [text]);
    expect(rows[0].folded).toBe(folded);
    expect(foldText(text)).toBe(folded);
  });

  it('agrees for every letter of the Latin, Greek and Cyrillic blocks', async () => {
    const letters = Array.from({ length: 0x600 - 0x20 }, (_, index) => String.fromCodePoint(index + 0x20)).filter(
      (letter) => letter.normalize('NFC') === letter,
    );
    const { rows } = await root.query('select letter, ibok.fold(letter) as folded from unnest($1::text[]) as letter', [
      letters,
    ]);
    expect(rows.filter(({ letter, folded }) => foldText(letter) !== folded)).toEqual([]);
  });
});
