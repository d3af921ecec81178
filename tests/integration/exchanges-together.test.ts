import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { exchangeOf, reasonOf, recordAct, reverseAct } from '../support/exchange-acts';
import { type ExchangeStreet, type PlantedPlace, plantExchangeStreet } from '../support/exchange-street';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let street: ExchangeStreet;

beforeEach(async () => {
  root = await database().asSuperuser();
  street = await plantExchangeStreet(root, 0, 0);
});

const count = async (sql: string, ...values: unknown[]) => Number((await root.query(sql, values)).rows[0].count);

describe('two persons at one meter', () => {
  it('get one result: the second is told what the first did', async () => {
    const place = await street.place();
    const [one, two] = [await street.stock(), await street.stock()];
    const tomasz = await database().asLogin('s_tomasz');
    const barbara = await database().asLogin('s_barbara');
    const answers = await Promise.all([
      recordAct(tomasz, exchangeOf(place, one)),
      recordAct(barbara, exchangeOf(place, two)),
    ]);
    expect(answers.map(({ already }) => already).sort()).toEqual([false, true]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(new Set(answers.map(({ newMeterId }) => newMeterId)).size).toBe(1);
    expect(await count('select count(*) from ibok.exchanges where old_installation_id = $1', place.installation)).toBe(
      1,
    );
    expect(await count(`select count(*) from ibok.meters where id in ($1, $2) and status = 'in_stock'`, one, two)).toBe(
      1,
    );
  });

  it('do not put one new meter in at two places', async () => {
    const [here, there] = [await street.place(), await street.place()];
    const fresh = await street.stock();
    const tomasz = await database().asLogin('s_tomasz');
    const barbara = await database().asLogin('s_barbara');
    const both = await Promise.allSettled([
      recordAct(tomasz, exchangeOf(here, fresh)),
      recordAct(barbara, exchangeOf(there, fresh)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await count('select count(*) from ibok.meter_installations where meter_id = $1', fresh)).toBe(1);
  });

  it('who click twice get the first result, and another act under the same number is refused', async () => {
    const place = await street.place();
    const request = randomUUID();
    const tomasz = await database().asLogin('s_tomasz');
    const act = exchangeOf(place, await street.stock());
    const first = await recordAct(tomasz, act, request);
    expect(await recordAct(tomasz, act, request)).toEqual(first);
    expect(await reasonOf(recordAct(tomasz, { ...act, finalValue: '399' }, request))).toMatchObject({ code: 'IB005' });
  });

  it('are told so when one installed the same meter at the same point, or took the act back first', async () => {
    const place = await street.place();
    const tomasz = await database().asLogin('s_tomasz');
    const barbara = await database().asLogin('s_barbara');
    await recordAct(tomasz, {
      kind: 'removal',
      pointId: place.point,
      oldInstallationId: place.installation,
      finalValue: '360',
      doneOn: '2026-11-01',
      reason: 'frost',
      doneBy: 's_tomasz',
    });
    const back = {
      kind: 'installation',
      pointId: place.point,
      newMeterId: await street.stock(),
      openingValue: '0',
      doneOn: '2026-11-02',
      reason: 'frost',
      doneBy: 's_tomasz',
    };
    const [first, second] = [await recordAct(tomasz, back), await recordAct(barbara, back)];
    expect(second).toEqual({ ...first, already: true });
    await reverseAct(barbara, first.id);
    expect(await reasonOf(reverseAct(tomasz, first.id))).toEqual({ code: 'IB006', why: 'exchange_reversed' });
  });
});

describe('a reading that billing is about to take', () => {
  it('is waited for before an act is taken back', async () => {
    const place = await street.place();
    const tomasz = await database().asLogin('s_tomasz');
    const { id, newInstallationId } = await recordAct(tomasz, exchangeOf(place, await street.stock()));
    const estimate = await street.read(newInstallationId as string, '2026-11-21', 2, {
      kind: 'estimate',
      state: 'released',
    });
    await root.query('begin');
    await root.query(`update ibok.readings set state = 'fetched' where id = $1`, [estimate]);
    const back = reasonOf(reverseAct(tomasz, id));
    await expect
      .poll(() =>
        count(`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 's_tomasz'`),
      )
      .toBe(1);
    await root.query('commit');
    expect(await back).toEqual({ code: 'IB006', why: 'exchange_fetched' });
  });
});

describe('two technicians with meters of the same factory number', () => {
  it('exchange them at two points at the same time, and nobody meets a deadlock', async () => {
    const tomasz = await database().asLogin('s_tomasz');
    const barbara = await database().asLogin('s_barbara');
    for (let round = 0; round < 25; round += 1) {
      const [here, there] = [await street.place(), await street.place()];
      const [one, two] = [await street.stock(), await street.stock()];
      const twins = [
        [here.meter, `OLD-${round}`],
        [there.meter, `old ${round}`],
        [one, `NEW-${round}`],
        [two, `NEW/${round}`],
      ];
      for (const [meter, no] of twins)
        await root.query('update ibok.meters set factory_no = $2 where id = $1', [meter, no]);
      // Each has the meter that the other one's would be locked after.
      const answers = await Promise.all([
        recordAct(tomasz, exchangeOf(here, two)),
        recordAct(barbara, exchangeOf(there, one)),
      ]);
      expect(answers.map(({ already }) => already)).toEqual([false, false]);
      await Promise.all([reverseAct(barbara, answers[0].id), reverseAct(tomasz, answers[1].id)]);
    }
  }, 120_000);
});

describe('five persons on neighbouring points', () => {
  it('exchange main and sub-meters, undo and exchange again, and nobody meets a deadlock', async () => {
    const POINTS = 12;
    const rounds: { place: PlantedPlace; sub: PlantedPlace; spare: string[] }[] = [];
    for (let made = 0; made < POINTS; made += 1) {
      const place = await street.place();
      rounds.push({
        place,
        sub: { ...place, ...(await street.sub(place)) },
        spare: [await street.stock(), await street.stock(), await street.stock()],
      });
    }
    const staff = await Promise.all(
      ['s_tomasz', 's_barbara', 's_celina', 's_tomasz', 's_barbara'].map((login) => database().asLogin(login)),
    );
    // Everybody walks the same street, from both ends, and the main meter's and the sub-meter's exchange meet.
    await Promise.all(
      staff.map(async (person, index) => {
        const order = index % 2 ? [...rounds].reverse() : rounds;
        for (const { place, sub, spare } of order) {
          const [a, b, c] = spare as [string, string, string];
          const acts = [
            exchangeOf(place, a),
            exchangeOf(sub, b, { finalValue: '40' }),
            exchangeOf(place, c, { finalValue: '399' }),
          ];
          const { id, already } = await recordAct(person, acts[index % 3] as (typeof acts)[0]);
          if (!already && index === 2) {
            await reverseAct(person, id).catch(({ code }: { code: string }) => expect(code).toBe('IB006'));
            await recordAct(person, acts[2] as (typeof acts)[0]);
          }
        }
      }),
    );
    expect(
      await count(
        `select count(*) from ibok.exchanges where reversed_at is null and supply_point_id = any ($1)`,
        rounds.map(({ place }) => place.point),
      ),
    ).toBe(2 * POINTS);
    const wrong = await root.query(
      `select i.id from ibok.meter_installations i
         left join ibok.meter_installations p on p.id = i.parent_id
        where i.removed_on is null and i.supply_point_id = any ($1)
          and (i.role = 'sub' and (p.id is null or p.removed_on is not null or p.reversed_at is not null or p.role <> 'main')
            or (select count(*) from ibok.meter_installations o where o.supply_point_id = i.supply_point_id and o.role = i.role and o.removed_on is null) <> 1)`,
      [rounds.map(({ place }) => place.point)],
    );
    expect(wrong.rows).toEqual([]);
    expect(
      await count(`select count(*) from ibok.meters m where (m.status = 'installed') <> exists (
      select from ibok.meter_installations i where i.meter_id = m.id and i.removed_on is null)`),
    ).toBe(0);
  }, 120_000);
});
