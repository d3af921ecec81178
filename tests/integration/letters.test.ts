import { randomUUID } from 'node:crypto';
import type { Client as Postgres } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LetterFacts } from '../../main/modules/letters/letters.facts';
import { renderLetter } from '../../main/modules/letters/letters.render';
import type { LetterKind } from '../../shared/contract/letters';
import { plantAccount } from '../support/accounts';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { readPdf } from '../support/pdf-text';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Api;
let superuser: Postgres;
let account: Awaited<ReturnType<typeof plantAccount>>;
let bare: Awaited<ReturnType<typeof plantAccount>>;

beforeAll(async () => {
  const { host, port, name } = database();
  const setter = await database().asSuperuser();
  const people = await plantPeople(setter);
  account = await plantAccount(setter, people.zuk);
  bare = await plantAccount(setter, people.zuk);
  await setter.query(
    `update ibok.registrations set street = 'Gdańska', house_no = '12', flat_no = '3', postal_code = '83-300', city = 'Kartuzy'
      where id = $1`,
    [account.registration],
  );
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
beforeEach(async () => {
  superuser = await database().asSuperuser();
});
afterAll(() => desk.close());

const make = (kind: LetterKind, record: string, requestId = randomUUID(), api = anna) =>
  api.letters.make.mutate({ kind, record, requestId });

async function textOf(versionId: string): Promise<string> {
  const { slot } = await anna.documents.open.mutate({ versionId });
  const bytes = desk.core.slots.take({ id: 'anna' }, slot)?.bytes;
  const { pages } = await readPdf(bytes ?? new Uint8Array());
  return pages.map(({ text }) => text).join(' ');
}

/** A refused application without an account. */
async function refused(reason: string, note: string | null = null): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into ibok.registrations (channel, received_on, first_name, last_name, relation, status, decided_by, decided_at,
       rejection_reason, note)
     values ('paper', '2026-11-02', 'Ewa', 'Łoś', 'holder', 'rejected', 's_anna', now(), $1, $2) returning id`,
    [reason, note],
  );
  return `registrations:${rows[0]?.id}`;
}

const count = async (from: string) => Number((await superuser.query(`select count(*) from ${from}`)).rows[0].count);

describe('a letter', () => {
  it('is drawn from the record, kept among its documents, printed and sent', async () => {
    const record = `accounts:${account.id}`;
    const made = await make('activation', record);
    expect(await textOf(made.versionId)).toMatch(
      new RegExp(
        `Zofia Żuk Gdańska 12/3 83-300 Kartuzy .*Login: ${account.login} Adres e-mail konta: ${account.email}`,
      ),
    );
    await anna.letters.markSent.mutate({ id: made.id, what: 'printed' });
    await anna.letters.markSent.mutate({ id: made.id, what: 'sent' });
    const [letter] = (await anna.letters.list.query({ record })).letters;
    expect(letter).toMatchObject({
      id: made.id,
      kind: 'activation',
      madeByName: 'Anna Klerk',
      sentByName: 'Anna Klerk',
    });
    expect(letter?.printedAt).not.toBeNull();
    // The first time counts.
    await anna.letters.markSent.mutate({ id: made.id, what: 'sent' });
    expect((await anna.letters.list.query({ record })).letters[0]?.sentAt).toBe(letter?.sentAt);
    const { rows } = await superuser.query(
      `select owner_table, owner_id, category, retention_class from ibok.documents where id = $1`,
      [made.documentId],
    );
    expect(rows).toEqual([
      { owner_table: 'accounts', owner_id: account.id, category: 'letter', retention_class: 'portal' },
    ]);
  });

  it('goes to the postal address, or to the place of supply, when the application names none', async () => {
    const { versionId: there } = await make('activation', `accounts:${bare.id}`);
    expect(await textOf(there)).toContain('Zofia Żuk Mściwoja II 4/7 83-300 Kartuzy Konto');
    await superuser.query(
      `update ibok.customers set postal_street = 'Dworcowa', postal_house_no = '1', postal_code = '80-001', postal_city = 'Gdańsk'
        where customer_no = '000123'`,
    );
    const { versionId: elsewhere } = await make('activation', `accounts:${bare.id}`);
    expect(await textOf(elsewhere)).toContain('Zofia Żuk Dworcowa 1 80-001 Gdańsk Konto');
  });

  it('has a copy of the application with every declaration', async () => {
    const { versionId } = await make('application_copy', `registrations:${account.registration}`);
    expect(await textOf(versionId)).toMatch(
      /Kopia wniosku .* Dane wniosku .*Oświadczam, że podane dane są prawdziwe\. tak/,
    );
  });

  it('confirms which regulations were accepted, when and how', async () => {
    const { versionId } = await make('regulations_confirmation', `accounts:${account.id}`);
    expect(await textOf(versionId)).toMatch(
      /Wersja obowiązuje od: 17\.07\.2024 .*oświadczenia: przez stronę internetową/,
    );
  });

  it('says why an application was refused, and none of the office’s notes', async () => {
    const { versionId } = await make('refusal', await refused('identity_not_confirmed', 'dzwonił trzy razy'));
    const text = await textOf(versionId);
    expect(text).toMatch(/Powód: \S+/);
    expect(text).not.toContain('trzy razy');
    const own = await make('refusal', await refused('other', 'notatka biura\nbrak podpisu'));
    expect(await textOf(own.versionId)).toContain('Powód: brak podpisu');
    expect(await textOf(own.versionId)).not.toContain('notatka biura');
  });

  it('is one letter however often its request is sent, and leaves no file behind', async () => {
    const record = `accounts:${account.id}`;
    const requestId = randomUUID();
    const before = await count('ibok.letters');
    const first = await make('activation', record, requestId);
    expect(await make('activation', record, requestId)).toEqual(first);
    expect(await count('ibok.letters')).toBe(before + 1);
    expect(await count('ibok.uploads')).toBe(0);
    expect((await refusalOf(make('regulations_confirmation', record, requestId))).code).toBe('REQUEST_ID_REUSED');
  });

  it('two clicks at once are one letter', async () => {
    const before = await count('ibok.letters');
    const requestId = randomUUID();
    const made = await Promise.all([1, 2].map(() => make('activation', `accounts:${account.id}`, requestId)));
    expect(made[0]).toEqual(made[1]);
    expect(await count('ibok.letters')).toBe(before + 1);
  });

  it('is refused for a record that is not there, is not of its kind, or is not so far', async () => {
    expect((await refusalOf(make('activation', 'accounts:999999'))).code).toBe('NOT_FOUND');
    expect((await refusalOf(make('activation', 'registrations:1'))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(make('refusal', `registrations:${account.registration}`))).code).toBe('CONFLICT');
  });

  it('with a character nobody could print says which one', async () => {
    const record = await refused('other', 'brak podpisu 😀');
    expect(await refusalOf(make('refusal', record))).toMatchObject({
      code: 'LETTER_CHARACTER',
      details: { character: 'U+1F600' },
    });
    expect(await count(`ibok.letters where record = '${record}'`)).toBe(0);
  });

  it('is noted in the read log, and counts like an opened card', async () => {
    const before = await count(`audit.reads where fields = 'card' and purpose like 'letter refusal%'`);
    await make('refusal', await refused('withdrawn'));
    expect(await count(`audit.reads where fields = 'card' and purpose like 'letter refusal%'`)).toBe(before + 1);
  });

  it('never gets another file once it is made', async () => {
    const { documentId, versionId } = await make('activation', `accounts:${account.id}`);
    expect((await refusalOf(anna.documents.restoreVersion.mutate({ versionId, requestId: randomUUID() }))).code).toBe(
      'DOCUMENT_FIXED',
    );
    expect(
      (
        await refusalOf(
          anna.documents.edit.mutate({
            id: documentId,
            requestId: randomUUID(),
            changes: { title: { from: 'Pismo: założenie konta', to: 'Inne' } },
          }),
        )
      ).code,
    ).toBe('DOCUMENT_FIXED');
  });

  it('is made by the worker for a deletion, once, and is the request’s protocol', async () => {
    const { rows } = await superuser.query<{ id: string }>(
      `insert into ibok.deletion_requests (account_id, asked_via, asked_on, due_on, identity_method, identity_checked_by,
         identity_checked_at, forwarded_by, forwarded_at, status, closed_at, executed_at, protocol)
       values ($1, 'letter', ibok.today(), ibok.today(), 'signature', 's_anna', now(), 's_anna', now(), 'executed', now(), now(),
         '{"parts": [{"part": "sessions", "action": "delete", "basis": null, "count": 2}]}') returning id`,
      [account.id],
    );
    const record = `deletion_requests:${rows[0]?.id}`;
    const worker = await database().asLogin('ibok_worker');
    const ask = async () =>
      (await worker.query(`select jobs.letter_facts('deletion_protocol', $1) as facts`, [record])).rows[0].facts;
    const facts: LetterFacts = await ask();
    const bytes = Buffer.from(await renderLetter('deletion_protocol', facts, facts.letterhead));
    const store = async () =>
      (
        await worker.query(`select jobs.store_letter('deletion_protocol', $1, 'protokol.pdf', $2) as made`, [
          record,
          bytes,
        ])
      ).rows[0].made;
    const made = await store();
    expect(await store()).toEqual(made);
    const text = await textOf(made.versionId);
    expect(text).toMatch(/Sprawdzenie i przekazanie Anna Klerk .*Sesje w IBOK usunięto 2/);
    expect(text).toMatch(/W sprawie z dnia .* zostało usunięte .*Podstawa wniosek złożony pismem/);
    expect(text).not.toContain('Żuk');
    expect(await count(`ibok.deletion_requests where protocol_document_id = ${made.documentId}`)).toBe(1);
    await expect(
      worker.query(`select jobs.letter_facts('activation', 'accounts:' || $1)`, [account.id]),
    ).rejects.toMatchObject({ code: 'IB004' });
  });

  it('is for clerks: a technician and an administrator neither make nor see one', async () => {
    await make('activation', `accounts:${account.id}`);
    for (const login of ['s_tomasz', 's_admin']) {
      const api = await desk.window(login).signIn(login, TEST_PASSWORD);
      const record = `accounts:${account.id}`;
      expect((await refusalOf(make('activation', record, randomUUID(), api))).code).toBe('NOT_ALLOWED');
      // A technician sees letters about meters; of an account's there are none for him.
      if (login === 's_tomasz') expect(await api.letters.list.query({ record })).toEqual({ letters: [] });
      else expect((await refusalOf(api.letters.list.query({ record }))).code).toBe('NOT_ALLOWED');
    }
  });
});
