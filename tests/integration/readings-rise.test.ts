import { beforeAll, describe, expect, it } from 'vitest';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let installation: string;

beforeAll(async () => {
  const superuser = await database().asSuperuser();
  await plantPeople(superuser);
  const { rows } = await superuser.query('select id from ibok.meter_installations where removed_on is null');
  installation = rows[0].id;
});

/** Present readings of the planted meter: 0 on 1 March, 12 on 1 April 2026. */
async function read(day: string, value: number, more: { kind?: string; rollover?: boolean } = {}): Promise<void> {
  const superuser = await database().asSuperuser();
  await superuser.query('begin');
  try {
    await superuser.query(
      `insert into ibok.readings (installation_id, read_on, value, kind, source, state, rollover)
       values ($1, $2, $3, $4, 'staff', 'received', $5)`,
      [installation, day, value, more.kind ?? 'actual', more.rollover ?? false],
    );
  } finally {
    await superuser.query('rollback');
  }
}

const falling = { code: '23514', constraint: 'readings_rise' };

describe('readings of one installation', () => {
  it('may rise, and fit late between two others', async () => {
    await read('2026-05-01', 12);
    await read('2026-03-15', 6);
  });

  it('are refused below the one before and above the one after', async () => {
    await expect(read('2026-05-01', 11)).rejects.toMatchObject(falling);
    await expect(read('2026-03-15', 13)).rejects.toMatchObject(falling);
  });

  it('may begin anew by a declared rollover', async () => {
    await read('2026-05-01', 3, { rollover: true });
  });

  it('do not count when they are estimates', async () => {
    await read('2026-05-01', 11, { kind: 'estimate' });
  });

  it('are compared within one statement too', async () => {
    const superuser = await database().asSuperuser();
    const two = `insert into ibok.readings (installation_id, read_on, value, kind, source, state)
      values ($1, '2026-07-01', 20, 'actual', 'staff', 'received'), ($1, '2026-06-01', 30, 'actual', 'staff', 'received')`;
    await expect(superuser.query(two, [installation])).rejects.toMatchObject(falling);
  });

  it('are compared with what another transaction is about to commit', async () => {
    const insert = `insert into ibok.readings (installation_id, read_on, value, kind, source, state)
      values ($1, $2, $3, 'actual', 'staff', 'received')`;
    const first = await database().asSuperuser();
    const second = await database().asSuperuser();
    const { rows } = await second.query('select pg_backend_pid() as pid');
    await first.query('begin');
    await first.query(insert, [installation, '2026-08-01', 900]);
    await second.query('begin');
    const late = second.query(insert, [installation, '2026-08-02', 300]);
    const refused = expect(late).rejects.toMatchObject(falling);
    // The second waits for the first; unlocked it would be through by now.
    const watcher = await database().asSuperuser();
    await expect
      .poll(async () => (await watcher.query('select cardinality(pg_blocking_pids($1)) as n', [rows[0].pid])).rows[0].n)
      .toBe(1);
    await first.query('commit');
    await refused;
    await second.query('rollback');
    await first.query(`delete from ibok.readings where read_on = '2026-08-01'`);
  });

  it.each(['repeatable read', 'serializable'])('are not written in %s, which would not see them', async (level) => {
    const superuser = await database().asSuperuser();
    await superuser.query(`begin isolation level ${level}`);
    await expect(
      superuser.query(
        `insert into ibok.readings (installation_id, read_on, value, kind, source, state)
         values ($1, '2026-09-01', 20, 'actual', 'staff', 'received')`,
        [installation],
      ),
    ).rejects.toMatchObject({ code: '25000' });
    await superuser.query('rollback');
  });
});
