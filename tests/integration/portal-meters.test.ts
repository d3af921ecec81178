import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { meters as metersPage } from '../../main/demo/portal-simulator-meters';
import type { Visitor } from '../../main/demo/portal-simulator-visitor';
import { plantAccount } from '../support/accounts';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let portal: Client;
let zuk: string;
let firm: string;
let main: string;

beforeAll(async () => {
  root = await database().asSuperuser();
  ({ zuk, firm } = await plantPeople(root));
  main = (await root.query(`select id from ibok.meters where factory_no = '0077123'`)).rows[0].id;
});
beforeEach(async () => {
  root = await database().asSuperuser();
  portal = await database().asLogin('ibok_portal');
});

interface Shown {
  id: string;
  factoryNo: string;
  role: string;
  parent: string | null;
  address: string;
  legal: boolean;
  daysLeft: number | null;
  deducts: boolean | null;
  legalization: { validUntil: string; mark: string } | null;
}

const mine = async (account: string): Promise<Shown[]> =>
  (await portal.query('select portal.my_meters($1) as meters', [account])).rows[0].meters;

/** A garden sub-meter behind the main one, deducted from the day it was built in. */
async function plantSubMeter(): Promise<string> {
  const { rows } = await root.query(
    `with main as (select id, supply_point_id from ibok.meter_installations where meter_id = $1 and removed_on is null),
       meter as (insert into ibok.meters (factory_no, type_id, owner_kind, status)
         select 'OGR-1', type_id, 'customer', 'installed' from ibok.meters where id = $1 returning id)
     insert into ibok.meter_installations (meter_id, supply_point_id, role, parent_id, place, installed_on, opening_value, deducts_from)
     select meter.id, main.supply_point_id, 'sub', main.id, 'Ogród', '2026-04-01', 0, '2026-04-01' from main, meter
     returning meter_id`,
    [main],
  );
  return rows[0].meter_id;
}

describe('the meters an account sees', () => {
  it('are those at its points today, with the legalization the office plans by', async () => {
    const account = await plantAccount(root, zuk);
    const sub = await plantSubMeter();
    await root.query(`select ibok.add_legalization($1, '{"kind": "m_year", "raw": "M24"}', '2026-03-01')`, [main]);
    await root.query(`select ibok.add_legalization($1, '{"kind": "until_month", "raw": "05/2026"}', '2026-04-01')`, [
      sub,
    ]);
    const shown = await mine(account.id);
    expect(shown.map(({ id }) => id)).toEqual([main, sub]);
    expect(shown[0]).toMatchObject({
      legal: true,
      legalization: { validUntil: '2029-11-30', mark: 'M24' },
      deducts: null,
    });
    expect(shown[0]?.daysLeft).toBeGreaterThan(1000);
    expect(shown[1]).toMatchObject({
      role: 'sub',
      parent: main,
      place: 'Ogród',
      ownerKind: 'customer',
      address: 'Mściwoja II 4/7, Kartuzy',
      legal: false,
      legalization: { validUntil: '2026-05-31' },
      deducts: false,
    });
    await root.query(`select ibok.add_legalization($1, '{"kind": "m_year", "raw": "M26"}', ibok.today())`, [sub]);
    expect((await mine(account.id))[1]).toMatchObject({ legal: true, deducts: true });
  });

  it('name no meter of somebody else’s point: one behind it hangs behind nothing they see', async () => {
    const account = await plantAccount(root, zuk);
    const { rows } = await root.query(
      `with other as (
         insert into ibok.meters (factory_no, type_id, owner_kind, status)
         select 'OBCY-1', type_id, 'utility', 'installed' from ibok.meters where id = $1 returning id)
       insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
       select other.id, p.id, '2026-02-01', 0 from other, ibok.supply_points p where p.code = 'PP-3' returning id`,
      [main],
    );
    const hung = await root.query(
      `select i.id, i.parent_id from ibok.meter_installations i join ibok.meters m on m.id = i.meter_id where m.factory_no = 'OGR-1'`,
    );
    const { id, parent_id: before } = hung.rows[0];
    const behind = (parent: string) =>
      root.query('update ibok.meter_installations set parent_id = $2 where id = $1', [id, parent]);
    await behind(rows[0].id);
    expect((await mine(account.id)).find(({ factoryNo }) => factoryNo === 'OGR-1')?.parent).toBeNull();
    await behind(before);
    expect((await mine(account.id)).find(({ factoryNo }) => factoryNo === 'OGR-1')?.parent).toBe(main);
  });

  it('are not those of whoever was supplied there before', async () => {
    const account = await plantAccount(root, firm);
    expect(await mine(account.id)).toEqual([]);
  });

  it('are shown to nobody through an account that is not active, nor past its access', async () => {
    const blocked = await plantAccount(root, zuk, { status: 'blocked', reason: 'wish' });
    await expect(mine(blocked.id)).rejects.toMatchObject({ code: 'IB002' });
    const ended = await plantAccount(root, zuk);
    await root.query(
      `update ibok.account_access set valid_from = ibok.today() - 9, valid_to = ibok.today() - 1 where account_id = $1`,
      [ended.id],
    );
    expect(await mine(ended.id)).toEqual([]);
  });
});

describe('the simulator’s page of meters', () => {
  const visit = async (account: string, typed: string | null = null) => {
    const call: Visitor['call'] = async (sql, bind) =>
      (await portal.query(`select ${sql} as answer`, [...bind])).rows[0].answer;
    const visitor: Visitor = { account, session: null, address: null, agent: null, call };
    const deed = await metersPage(visitor, typed === null ? null : new URLSearchParams({ factory: typed }));
    return (deed as { html: string }).html;
  };

  it('shows what the regulations name, and finds a meter by its factory number', async () => {
    const account = await plantAccount(root, zuk);
    const all = await visit(account.id);
    for (const words of [
      'Wodomierz 0077123',
      'Wodomierz OGR-1',
      main,
      'zamontowany',
      'przedsiębiorstwo',
      'ważna do 30.11.2029',
    ]) {
      expect(all).toContain(words);
    }
    const found = await visit(account.id, 'ogr1');
    expect(found).toContain('Wodomierz OGR-1');
    expect(found).not.toContain('Wodomierz 0077123');
    expect(await visit(account.id, '<b>nie ma</b>')).toContain('Żaden wodomierz nie ma takiego numeru.');
  });
});
