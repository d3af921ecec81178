import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStaffLogin } from '../../main/db/staff-login';
import type { StaffGroup } from '../../shared/permissions';
import { registerTestKind, requestOf, subjectOf } from '../support/approvals';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;

beforeEach(async () => {
  root = await database().asSuperuser();
  await registerTestKind(root);
});

const as = (login: string) => database().asLogin(login);
const decide = async (client: Client, id: string, approve = true, note: string | null = null, request = randomUUID()) =>
  (await client.query('select api.decide_approval($1, $2, $3, $4) as answer', [id, approve, note, request])).rows[0]
    .answer;
const stored = async (id: string) => (await root.query('select * from ibok.approvals where id = $1', [id])).rows[0];

describe('a request for an act of two persons', () => {
  it('is decided once by another person, and done in the same moment', async () => {
    const subject = await subjectOf(root);
    const anna = await as('s_anna');
    const id = await requestOf(anna, subject);
    expect(await stored(id)).toMatchObject({
      state: 'open',
      requested_by: 's_anna',
      subject: `premises:${subject}`,
      impact: { houses: 1 },
    });
    expect(await decide(await as('s_barbara'), id, true, 'zgadza się')).toMatchObject({
      done: true,
      state: 'executed',
    });
    expect(await stored(id)).toMatchObject({ state: 'executed', decided_by: 's_barbara', note: 'zgadza się' });
    const { rows } = await root.query('select done from ibok.test_acts where approval_id = $1', [id]);
    expect(rows).toEqual([{ done: 'approved' }]);
  });

  it('is refused to its requester, on screen and in psql, and past the functions by the constraint', async () => {
    const barbara = await as('s_barbara');
    const id = await requestOf(barbara, await subjectOf(root));
    for (const approve of [true, false]) {
      await expect(decide(barbara, id, approve, 'sama sobie')).rejects.toMatchObject({ code: 'IB007' });
    }
    await expect(barbara.query(`update ibok.approvals set state = 'approved'`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(
      root.query(
        `update ibok.approvals set state = 'approved', decided_by = requested_by, decided_at = now() where id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'approvals_two_persons' });
    expect((await stored(id)).state).toBe('open');
  });

  it('is decided by those its kind names and seen by those who may ask or decide', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const deciders = ['s_barbara', 's_celina'];
    for (const login of deciders) {
      const { rows } = await (await as(login)).query('select w from api.approvals_waiting() as w');
      expect(rows, login).toContainEqual({ w: id });
    }
    const other = await as('s_admin');
    await expect(decide(other, id)).rejects.toMatchObject({ code: 'IB002' });
    expect((await other.query('select id from ibok.approvals where id = $1', [id])).rowCount).toBe(0);
    await expect(decide(await as('s_iod'), id)).rejects.toMatchObject({ code: 'IB001' });
    await expect(decide(await as('s_tomasz'), id)).rejects.toMatchObject({ code: '42501' });
    const clerk = await as(await newPerson('bok_clerk'));
    await expect(decide(clerk, id)).rejects.toMatchObject({ code: 'IB001' });
    expect((await stored(id)).state).toBe('open');
  });

  it('stands once for a subject, and once for a request id', async () => {
    const subject = await subjectOf(root);
    const anna = await as('s_anna');
    const request = randomUUID();
    const id = await requestOf(anna, subject, request);
    expect(await requestOf(anna, subject, request)).toBe(id);
    await expect(requestOf(anna, subject)).rejects.toMatchObject({ code: '23505', constraint: 'approvals_one_open' });
    await expect(requestOf(await as('s_barbara'), subject)).rejects.toMatchObject({ constraint: 'approvals_one_open' });
  });

  it('needs a reason, a subject that is there, and the version its requester saw', async () => {
    const anna = await as('s_anna');
    const subject = await subjectOf(root);
    const ask = (id: string, version: string | null, reason: string) =>
      anna.query('select api.request_approval($1, $2, $3, $4, $5)', ['test.kind', id, version, reason, randomUUID()]);
    await expect(ask(subject, null, ' ok ')).rejects.toMatchObject({ code: 'IB004' });
    await expect(ask('999999999', null, 'powód próby')).rejects.toMatchObject({ code: 'IB002' });
    await expect(ask(subject, 'another', 'powód próby')).rejects.toMatchObject({ code: 'IB003' });
    await expect(
      anna.query(`select api.request_approval('test.none', 1, null, 'powód próby', null)`),
    ).rejects.toMatchObject({ code: 'IB002' });
  });
});

describe('a rejection', () => {
  it('needs a reason and lets the kind tidy up', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const barbara = await as('s_barbara');
    await expect(decide(barbara, id, false)).rejects.toMatchObject({ code: 'IB004' });
    await expect(decide(barbara, id, false, ' nie ')).rejects.toMatchObject({ code: 'IB004' });
    expect(await decide(barbara, id, false, 'brak podstaw')).toMatchObject({ done: true, state: 'rejected' });
    const { rows } = await root.query('select done from ibok.test_acts where approval_id = $1', [id]);
    expect(rows).toEqual([{ done: 'rejected' }]);
  });
});

describe('a request that can no longer be decided', () => {
  it('is void when its subject changed, which is stored and told', async () => {
    const subject = await subjectOf(root);
    const id = await requestOf(await as('s_anna'), subject);
    await root.query(`update ibok.premises set house_no = house_no || 'a' where id = $1`, [subject]);
    expect(await decide(await as('s_barbara'), id)).toEqual({
      done: false,
      state: 'void',
      voidReason: 'changed',
      decidedBy: null,
    });
    expect(await stored(id)).toMatchObject({ state: 'void', void_reason: 'changed', decided_by: null });
    const { rows } = await root.query('select done from ibok.test_acts where approval_id = $1', [id]);
    expect(rows).toEqual([{ done: 'void' }]);
    await requestOf(await as('s_anna'), subject);
  });

  it('is void after 14 days: told to who decides, found by the worker, and no obstacle to another', async () => {
    const anna = await as('s_anna');
    const [decided, swept, replaced] = [await subjectOf(root), await subjectOf(root), await subjectOf(root)];
    const ids = [await requestOf(anna, decided), await requestOf(anna, swept), await requestOf(anna, replaced)];
    const days = await root.query(
      `select round(extract(epoch from expires_at - requested_at) / 86400)::int as days from ibok.approvals where id = $1`,
      [ids[0]],
    );
    expect(days.rows).toEqual([{ days: 14 }]);
    await expire(root, ids);
    expect(await decide(await as('s_barbara'), ids[0] ?? '')).toMatchObject({ done: false, voidReason: 'expired' });
    await requestOf(anna, replaced);
    const worker = await as('ibok_worker');
    expect((await worker.query('select jobs.expire_approvals() as expired')).rows).toEqual([{ expired: 1 }]);
    for (const id of ids) expect(await stored(id)).toMatchObject({ state: 'void', void_reason: 'expired' });
  });

  it('keeps no other from expiring when it cannot itself', async () => {
    const anna = await as('s_anna');
    const ids = [await requestOf(anna, await subjectOf(root)), await requestOf(anna, await subjectOf(root))];
    const [broken = '', whole = ''] = ids;
    await root.query(
      `create function ibok.test_fault() returns trigger language plpgsql as 'begin raise exception ''broken''; end';
       create trigger test_fault before insert on ibok.test_acts for each row when (new.approval_id = ${broken})
         execute function ibok.test_fault()`,
    );
    await expire(root, ids);
    const worker = await as('ibok_worker');
    expect((await worker.query('select jobs.expire_approvals() as expired')).rows).toEqual([{ expired: 1 }]);
    expect((await stored(broken)).state).toBe('open');
    expect(await stored(whole)).toMatchObject({ state: 'void', void_reason: 'expired' });
    await root.query('drop trigger test_fault on ibok.test_acts; drop function ibok.test_fault()');
    expect((await worker.query('select jobs.expire_approvals() as expired')).rows).toEqual([{ expired: 1 }]);
  });

  it('is void when its requester takes it back, and nobody else can', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const withdraw = async (login: string) =>
      (await (await as(login)).query('select api.withdraw_approval($1, $2) as answer', [id, randomUUID()])).rows[0]
        .answer;
    await expect(withdraw('s_barbara')).rejects.toMatchObject({ code: 'IB001' });
    expect(await withdraw('s_anna')).toMatchObject({ done: true, state: 'void', voidReason: 'withdrawn' });
    expect(await withdraw('s_anna')).toMatchObject({ done: false, state: 'void' });
    expect(await decide(await as('s_barbara'), id)).toMatchObject({ done: false, voidReason: 'withdrawn' });
  });
});

describe('a person made or reset within 24 hours', () => {
  it('decides nothing, and what such a person asked for waits', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const fresh = await newPerson('bok_supervisor');
    for (const column of ['created_at', 'password_reset_at']) {
      await root.query(
        `update ibok.staff_members set ${column} = now() - interval '23 hours 59 minutes' where login = $1`,
        [fresh],
      );
      for (const approve of [true, false]) {
        await expect(decide(await as(fresh), id, approve, 'świeże konto'), column).rejects.toMatchObject({
          code: 'IB006',
          constraint: 'approvals_decider_fresh',
        });
      }
      await root.query(`update ibok.staff_members set ${column} = now() - interval '25 hours' where login = $1`, [
        fresh,
      ]);
    }
    // The supervisor who resets a clerk's password and plays both persons.
    await root.query(`update ibok.staff_members set password_reset_at = now() where login = 's_anna'`);
    await expect(decide(await as(fresh), id)).rejects.toMatchObject({ constraint: 'approvals_requester_fresh' });
    await root.query(
      `update ibok.staff_members set password_reset_at = now() - interval '25 hours' where login = 's_anna'`,
    );
    expect(await decide(await as(fresh), id)).toMatchObject({ done: true });
  });

  it('is not believed about the hour: the clock of the desk does not count', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const fresh = await newPerson('bok_supervisor');
    await root.query('update ibok.staff_members set created_at = now() where login = $1', [fresh]);
    const client = await as(fresh);
    await client.query(`set timezone = 'Pacific/Kiritimati'`);
    await expect(decide(client, id)).rejects.toMatchObject({ constraint: 'approvals_decider_fresh' });
  });

  it('asks for nothing that counts once the person has left', async () => {
    const leaver = await newPerson('bok_clerk');
    const id = await requestOf(await as(leaver), await subjectOf(root));
    await (await as('s_admin')).query('select api.end_staff($1, $2)', [leaver, randomUUID()]);
    const barbara = await as('s_barbara');
    await expect(decide(barbara, id)).rejects.toMatchObject({ constraint: 'approvals_requester_left' });
    expect(await decide(barbara, id, false, 'osoba odeszła')).toMatchObject({ state: 'rejected' });
  });

  it('asks for nothing that counts once the person has another role', async () => {
    const mover = await newPerson('bok_clerk');
    const id = await requestOf(await as(mover), await subjectOf(root));
    await (await as('s_admin')).query(`select api.change_staff_group($1, 'bok_clerk', 'bok_technician', $2)`, [
      mover,
      randomUUID(),
    ]);
    const barbara = await as('s_barbara');
    await expect(decide(barbara, id)).rejects.toMatchObject({ constraint: 'approvals_requester_left' });
    expect(await decide(barbara, id, false, 'inna rola')).toMatchObject({ state: 'rejected' });
  });
});

describe('what was asked and decided', () => {
  it('never changes and never goes back, for the owner neither', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    for (const change of [
      `kind = 'account.delete'`,
      `subject = 'premises:1'`,
      `requested_by = 's_celina'`,
      `requested_at = now() - interval '1 year'`,
      `subject_version = 'x'`,
      `impact = '{}'`,
      `expires_at = now() + interval '1 year'`,
      `reason = 'inny powód'`,
      `reason = ''`,
      `decided_by = 's_celina', decided_at = now()`,
      `state = 'executed', executed_at = now(), decided_by = 's_celina', decided_at = now()`,
    ]) {
      await expect(root.query(`update ibok.approvals set ${change} where id = $1`, [id]), change).rejects.toMatchObject(
        {
          code: 'IB006',
        },
      );
    }
    await decide(await as('s_barbara'), id);
    for (const change of [
      `state = 'open', decided_by = null, decided_at = null, executed_at = null`,
      `state = 'approved', executed_at = null`,
      `decided_by = 's_celina'`,
      `decided_at = now() - interval '1 day'`,
    ]) {
      await expect(root.query(`update ibok.approvals set ${change} where id = $1`, [id]), change).rejects.toMatchObject(
        {
          code: 'IB006',
        },
      );
    }
    await expect(root.query('delete from ibok.approvals')).rejects.toMatchObject({ code: 'IB006' });
    await expect(root.query('update ibok.approval_payloads set payload = null')).rejects.toMatchObject({
      code: 'IB006',
    });
    // An erasure empties the words.
    await root.query(`update ibok.approvals set reason = '' where id = $1`, [id]);
  });

  it('stands in the trail with who asked and who decided', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    await decide(await as('s_barbara'), id);
    const { rows } = await (await as('s_celina')).query(`select login, op from api.history('approvals', $1)`, [id]);
    expect(rows.toReversed().slice(0, 2)).toEqual([
      { login: 's_anna', op: 'insert' },
      { login: 's_barbara', op: 'update' },
    ]);
    await expect((await as('s_admin')).query(`select * from api.history('approvals', $1)`, [id])).rejects.toMatchObject(
      {
        code: 'IB002',
      },
    );
  });
});

describe('several at once', () => {
  it('get one decision between them, and the same click twice is one', async () => {
    const id = await requestOf(await as('s_anna'), await subjectOf(root));
    const [barbara, celina] = [await as('s_barbara'), await as('s_celina')];
    const answers = await Promise.all([decide(barbara, id), decide(celina, id, false, 'nie zgadzam się')]);
    expect(answers.map(({ done }) => done).toSorted()).toEqual([false, true]);
    const { state, decided_by } = await stored(id);
    const winner = answers.find(({ done }) => done);
    expect(winner).toMatchObject({ state, decidedBy: decided_by });
    expect(answers.find(({ done }) => !done)).toMatchObject({ state, decidedBy: decided_by });

    const twice = await requestOf(await as('s_anna'), await subjectOf(root));
    const request = randomUUID();
    const [first, second] = await Promise.all([
      decide(barbara, twice, true, null, request),
      decide(await as('s_barbara'), twice, true, null, request),
    ]);
    expect(first).toEqual(second);
    expect((await root.query('select 1 from ibok.test_acts where approval_id = $1', [twice])).rowCount).toBe(1);
  });

  it('decide 100 requests as 8 persons: each once, none by its requester', async () => {
    const people: string[] = [];
    for (let place = 0; place < 8; place += 1) people.push(await newPerson('bok_supervisor'));
    const clients = await Promise.all(people.map((login) => as(login)));
    const ids: string[] = [];
    for (let place = 0; place < 100; place += 1) {
      const requester = clients[place % clients.length] as Client;
      ids.push(await requestOf(requester, await subjectOf(root)));
    }
    const answers = await Promise.all(
      clients.map(async (client, place) => {
        const done: string[] = [];
        // Everybody begins elsewhere and goes through all of them, so that most are met by several at once.
        for (const id of [...ids.slice(place * 7), ...ids.slice(0, place * 7)]) {
          const answer = await decide(client, id).catch((error: { code?: string }) => error.code);
          if (typeof answer === 'string') expect(answer).toBe('IB007');
          else if (answer.done) done.push(id);
        }
        return done;
      }),
    );
    expect(answers.flat().toSorted()).toEqual(ids.toSorted());
    const { rows } = await root.query(
      `select count(*)::int as all, count(*) filter (where state = 'executed')::int as executed,
              count(*) filter (where decided_by = requested_by)::int as own,
              (select count(*)::int from ibok.test_acts where approval_id = any ($1)) as acts
         from ibok.approvals where id = any ($1)`,
      [ids],
    );
    expect(rows).toEqual([{ all: 100, executed: 100, own: 0, acts: 100 }]);
  });
});

let person = 0;
/** A person of the office who is nobody's newcomer; logins belong to the cluster, so each name is used once. */
async function newPerson(group: StaffGroup): Promise<string> {
  person += 1;
  const login = `s_two${person}_${database().name.slice(-6)}`;
  await createStaffLogin(root, {
    login,
    displayName: `Osoba ${person}`,
    group,
    password: TEST_PASSWORD,
    mustChange: false,
  });
  await root.query(`alter role ${login} connection limit 20`);
  return login;
}

/** Puts the end of open requests into the past, which nobody else can do: the guard is taken off for the moment. */
async function expire(client: Client, ids: string[]): Promise<void> {
  await client.query(`begin; alter table ibok.approvals disable trigger approvals_guard`);
  await client.query(`update ibok.approvals set expires_at = now() - interval '1 second' where id = any ($1)`, [ids]);
  await client.query(`alter table ibok.approvals enable trigger approvals_guard; commit`);
}
