import { createHash, randomUUID } from 'node:crypto';
import type { Client as Postgres } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentOwner, StagedFile } from '../../shared/contract/documents';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { HOSTILE_FILES } from '../support/hostile-files';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { pdfFile } from '../support/sample-files';

const database = testDatabase();
const MIB = 1024 * 1024;
let desk: Desk;
let anna: Api;
let tomasz: Api;
let people: Awaited<ReturnType<typeof plantPeople>>;
let superuser: Postgres;

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

const customer = (id = people.zuk): DocumentOwner => ({ table: 'customers', id });
const put = (name: string, bytes: Uint8Array, window = 'anna') => desk.core.slots.put({ id: window }, name, bytes).slot;
const stage = (name: string, bytes: Uint8Array) => anna.documents.stage.mutate({ slot: put(name, bytes) });
const attach = ({ upload }: StagedFile, owner = customer(), title = 'Umowa') =>
  anna.documents.add.mutate({ owner, title, category: 'contract', upload, requestId: randomUUID() });
const add = async (bytes: Uint8Array = fresh(), owner = customer(), title = 'Umowa') =>
  attach(await stage('umowa.pdf', bytes), owner, title);
const open = async (api: Api, window: string, versionId: string) => {
  const slot = await api.documents.open.mutate({ versionId });
  return { ...slot, bytes: desk.core.slots.take({ id: window }, slot.slot)?.bytes };
};
const listed = async (id: string, owner = customer()) =>
  (await anna.documents.list.query({ owner })).documents.find((each) => each.id === id);
const count = async (sql: string, values: unknown[] = []) =>
  Number((await superuser.query(`select count(*) from ${sql}`, values)).rows[0].count);
/** A PDF that nobody has stored yet. */
const fresh = () => pdfFile({ pages: [randomUUID()] });
/** A text file of exactly `size` bytes that nobody has stored yet. */
const large = (size: number) => Buffer.from(randomUUID().padEnd(size, 'a'));

describe('a file that comes in', () => {
  it('is stored by its content, listed with who and when, and comes out as it went in', async () => {
    const bytes = fresh();
    const { documentId, versionId, versionNo } = await add(bytes);
    expect(versionNo).toBe(1);
    expect(await listed(documentId)).toMatchObject({
      title: 'Umowa',
      category: 'contract',
      state: 'active',
      place: { kind: 'customer', id: people.zuk, label: 'Żuk Zofia', contractNo: null },
      latest: {
        id: versionId,
        no: 1,
        fileName: 'umowa.pdf',
        mime: 'application/pdf',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        uploadedBy: 's_anna',
        uploadedByName: 'Anna Klerk',
      },
    });
    const opened = await open(tomasz, 'tomasz', versionId);
    expect(opened).toMatchObject({ name: 'Umowa.pdf', size: bytes.length, mime: 'application/pdf' });
    expect(Buffer.from(opened.bytes ?? '').equals(bytes)).toBe(true);
  });

  it.each([1, MIB - 1, MIB, MIB + 1, 20 * MIB])('of %i bytes goes through in parts and slices', async (size) => {
    const bytes = large(size).subarray(0, size);
    const { versionId } = await attach(await stage('notatka.txt', bytes), customer(people.bare));
    const opened = await open(anna, 'anna', versionId);
    expect(
      createHash('sha256')
        .update(opened.bytes ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await count('ibok.uploads')).toBe(0);
    expect(await count('ibok.upload_parts')).toBe(0);
  });

  it('leaves every change in the trail, and no byte of it there', async () => {
    const { documentId, versionId } = await add();
    const { rows } = await superuser.query(
      `select table_name, op, login from audit.events
        where (table_name, row_id) in (('documents', $1), ('document_versions', $2)) order by table_name`,
      [documentId, versionId],
    );
    expect(rows).toEqual([
      { table_name: 'document_versions', op: 'insert', login: 's_anna' },
      { table_name: 'documents', op: 'insert', login: 's_anna' },
    ]);
    expect(await count(`audit.events where table_name in ('uploads', 'upload_parts')`)).toBe(0);
    const history = await anna.audit.history.query({ table: 'customers', id: people.zuk });
    expect(history.events.map(({ table }) => table)).toContain('document_versions');
  });

  it('is the same document however often its request is sent', async () => {
    const { upload } = await stage('umowa.pdf', fresh());
    const wish = { owner: customer(), title: 'Raz', category: 'letter', upload, requestId: randomUUID() } as const;
    const first = await anna.documents.add.mutate(wish);
    expect(await anna.documents.add.mutate(wish)).toEqual(first);
    expect((await refusalOf(anna.documents.add.mutate({ ...wish, title: 'Dwa' }))).code).toBe('REQUEST_ID_REUSED');
    expect(await count(`ibok.documents where title = 'Raz'`)).toBe(1);
  });

  it('belongs to a record that exists', async () => {
    const staged = await stage('umowa.pdf', fresh());
    expect((await refusalOf(attach(staged, customer('999999')))).code).toBe('NOT_FOUND');
    expect((await refusalOf(attach(staged, { table: 'meters', id: '999999' }))).code).toBe('NOT_FOUND');
    expect((await attach(staged)).versionNo).toBe(1);
  });

  it('of a contract is shown with its number on the card of the customer', async () => {
    const { rows } = await superuser.query(
      `insert into ibok.contracts (contract_no, customer_id, kind, valid_from) values ('U-77', $1, 'water', '2026-01-01') returning id`,
      [people.firm],
    );
    const { documentId } = await add(fresh(), { table: 'contracts', id: rows[0].id });
    expect((await listed(documentId, customer(people.firm)))?.place).toEqual({
      kind: 'customer',
      id: people.firm,
      label: 'Wspólnota „Pod Lipami”',
      contractNo: 'U-77',
    });
    expect(await listed(documentId)).toBeUndefined();
  });
});

describe('a hostile file', () => {
  it.each(HOSTILE_FILES.map((file) => [file.what, file] as const))(
    '%s: is refused, or stored harmlessly',
    async (_, { fileName, bytes, verdict }) => {
      const outcome = await stageOrRefusal(fileName, bytes());
      expect(outcome).toEqual(verdict);
      if ('refused' in verdict) expect(await count('ibok.uploads')).toBe(0);
      await superuser.query('delete from ibok.uploads');
    },
  );

  async function stageOrRefusal(fileName: string, bytes: Buffer): Promise<object> {
    let slot: string;
    try {
      slot = put(fileName, bytes);
    } catch (error) {
      return { refused: (error as { code: string }).code };
    }
    return anna.documents.stage.mutate({ slot }).then(
      (staged) => ({ storedAs: staged.fileName }),
      async (error) => ({ refused: (await refusalOf(Promise.reject(error))).code }),
    );
  }

  it('is told apart from nothing at all: a slot that is gone', async () => {
    expect((await refusalOf(anna.documents.stage.mutate({ slot: 'gone' }))).code).toBe('FILE_GONE');
    const slot = put('umowa.pdf', fresh(), 'tomasz');
    expect((await refusalOf(anna.documents.stage.mutate({ slot }))).code).toBe('FILE_GONE');
  });
});

describe('an upload', () => {
  const begin = async (client: Postgres, bytes: Buffer, hash = createHash('sha256').update(bytes).digest()) =>
    (
      await client.query<{ upload: string }>(
        `select api.begin_upload('umowa.pdf', 'application/pdf', $1, $2) as upload`,
        [bytes.length, hash],
      )
    ).rows[0]?.upload;
  const send = (client: Postgres, upload: unknown, part: number, bytes: Buffer) =>
    client.query('select api.upload_part($1, $2, $3)', [upload, part, bytes]);
  const finish = (client: Postgres, upload: unknown) =>
    client.query(`select api.add_document('customers', $1, 'Umowa', 'contract', $2)`, [people.zuk, upload]);

  it("is nobody else's: neither to add to nor to attach", async () => {
    const mine = await database().asLogin('s_anna');
    const hers = await database().asLogin('s_barbara');
    const bytes = fresh();
    const upload = await begin(mine, bytes);
    await expect(send(hers, upload, 0, bytes)).rejects.toMatchObject({ code: 'IB002' });
    await send(mine, upload, 0, bytes);
    await expect(finish(hers, upload)).rejects.toMatchObject({ code: 'IB002' });
    await expect(finish(mine, upload)).resolves.toBeDefined();
  });

  it('is refused when its bytes are not those that were announced', async () => {
    const client = await database().asLogin('s_anna');
    const bytes = fresh();
    const upload = await begin(client, bytes, createHash('sha256').update('other').digest());
    await send(client, upload, 0, bytes);
    await expect(finish(client, upload)).rejects.toMatchObject({ code: '23514', constraint: 'blobs_hash' });
  });

  it('whose bytes begin as another kind of file is not attached, by psql either', async () => {
    const client = await database().asLogin('s_anna');
    for (const bytes of [Buffer.from('MZ\x90\x00 a program'), Buffer.from('<script>'), Buffer.from('%PDF')]) {
      const upload = await begin(client, bytes);
      await send(client, upload, 0, bytes);
      await expect(finish(client, upload)).rejects.toMatchObject({ code: '23514', constraint: 'blobs_kind' });
    }
  });

  it('that broke off between two parts is visible to nobody, cannot be attached, and can be gone on with', async () => {
    const bytes = Buffer.concat([fresh(), Buffer.alloc(MIB)]);
    const first = await database().asLogin('s_anna');
    const upload = await begin(first, bytes);
    await send(first, upload, 0, bytes.subarray(0, MIB));
    await first.end();
    const client = await database().asLogin('s_anna');
    expect((await client.query('select 1 from ibok.documents where title = $1', ['Urwany'])).rows).toEqual([]);
    await expect(client.query('select * from ibok.upload_parts')).rejects.toMatchObject({ code: '42501' });
    await expect(finish(client, upload)).rejects.toMatchObject({ constraint: 'blobs_hash' });
    await send(client, upload, 1, bytes.subarray(MIB));
    await finish(client, upload);
  });

  it.each([
    ['before the first', -1, 10],
    ['behind the last', 1, 1],
    ['too short', 0, 9],
    ['too long', 0, 11],
    ['empty', 0, 0],
  ])('takes no part that is %s', async (_, part, size) => {
    const client = await database().asLogin('s_anna');
    const upload = await begin(client, Buffer.alloc(10));
    await expect(send(client, upload, part, Buffer.alloc(size))).rejects.toMatchObject({ code: 'IB004' });
  });

  it('above 20 MiB cannot be begun', async () => {
    const client = await database().asLogin('s_anna');
    const big = client.query(`select api.begin_upload('a.pdf', 'application/pdf', $1, sha256(''))`, [20 * MIB + 1]);
    await expect(big).rejects.toMatchObject({ code: '23514' });
  });

  it('that nobody attached is gone a day later, parts and all; an eleventh takes the place of the oldest', async () => {
    const client = await database().asLogin('s_anna');
    await superuser.query('delete from ibok.uploads');
    const bytes = fresh();
    for (let each = 0; each < 11; each++) await send(client, await begin(client, bytes), 0, bytes);
    expect(await count('ibok.uploads')).toBe(10);
    await superuser.query(`update ibok.uploads set begun_at = now() - interval '25 hours'`);
    const last = await begin(client, bytes);
    const worker = await database().asLogin('ibok_worker');
    expect((await worker.query('select jobs.purge_uploads() as gone')).rows).toEqual([{ gone: '9' }]);
    expect((await superuser.query('select id from ibok.uploads')).rows).toEqual([{ id: last }]);
    expect(await count('ibok.upload_parts')).toBe(0);
    await superuser.query('delete from ibok.uploads');
  });
});

describe('the same bytes again', () => {
  it('are told with the document that holds them, and stored once', async () => {
    const bytes = fresh();
    const first = await add(bytes, customer(people.firm), 'Pierwsza');
    const again = await stage('kopia.pdf', bytes);
    expect(again.duplicates).toEqual([
      {
        id: first.documentId,
        title: 'Pierwsza',
        versionNo: 1,
        state: 'active',
        place: { kind: 'customer', id: people.firm, label: 'Wspólnota „Pod Lipami”', contractNo: null },
      },
    ]);
    const second = await attach(again);
    expect(second.documentId).not.toBe(first.documentId);
    expect(await count('ibok.blobs where sha256 = sha256($1)', [bytes])).toBe(1);
  });
});

describe('room', () => {
  it('of 200 MiB is shared by the documents of a customer and of the contracts', async () => {
    const { rows } = await superuser.query(
      `insert into ibok.contracts (contract_no, customer_id, kind, valid_from) values ('U-78', $1, 'water', '2026-01-01') returning id`,
      [people.village],
    );
    const contract: DocumentOwner = { table: 'contracts', id: rows[0].id };
    // The rule makes the room small, so that the test need not fill 200 MiB.
    await superuser.query(
      `update ibok.rule_values set value = '2' where key = 'files.mib_per_customer' and valid_to is null`,
    );
    await attach(await stage('a.txt', large(MIB)), contract);
    await attach(await stage('b.txt', large(MIB - 5)), customer(people.village));
    const six = await stage('c.txt', large(36));
    expect(await refusalOf(attach(six, customer(people.village)))).toMatchObject({ code: 'FILE_SPACE_FULL' });
    await superuser.query(
      `update ibok.rule_values set value = '200' where key = 'files.mib_per_customer' and valid_to is null`,
    );
    expect((await attach(six, customer(people.village))).versionNo).toBe(1);
  });
});

describe('versions', () => {
  it('follow one another, none ever changes, and an older one comes back as the newest', async () => {
    const bytes = [fresh(), fresh()] as const;
    const { documentId, versionId } = await add(bytes[0]);
    const { upload } = await stage('druga.pdf', bytes[1]);
    const second = await anna.documents.addVersion.mutate({ id: documentId, upload, requestId: randomUUID() });
    expect(second.versionNo).toBe(2);
    const wish = { versionId, requestId: randomUUID() };
    expect((await anna.documents.restoreVersion.mutate(wish)).versionNo).toBe(3);
    expect((await anna.documents.restoreVersion.mutate(wish)).versionNo).toBe(3);
    const { versions } = await tomasz.documents.versions.query({ id: documentId });
    expect(versions.map(({ no, fileName }) => [no, fileName])).toEqual([
      [3, 'umowa.pdf'],
      [2, 'druga.pdf'],
      [1, 'umowa.pdf'],
    ]);
    expect(Buffer.from((await open(anna, 'anna', versions[0]?.id ?? '')).bytes ?? []).equals(bytes[0])).toBe(true);
    await superuser.query('begin; set local role ibok_owner');
    await expect(
      superuser.query(`update ibok.document_versions set file_name = 'x.pdf' where id = $1`, [versionId]),
    ).rejects.toMatchObject({ code: 'IB006' });
    await superuser.query('rollback');
  });

  it('added by two people at once are both kept', async () => {
    const { documentId } = await add();
    const staged = [await stage('a.pdf', fresh()), await stage('b.pdf', fresh())];
    const both = await Promise.all(
      staged.map(({ upload }) => anna.documents.addVersion.mutate({ id: documentId, upload, requestId: randomUUID() })),
    );
    expect(both.map(({ versionNo }) => versionNo).sort()).toEqual([2, 3]);
  });
});

describe('a document', () => {
  const edit = (id: string, changes: Parameters<Api['documents']['edit']['mutate']>[0]['changes']) =>
    anna.documents.edit.mutate({ id, changes, requestId: randomUUID() });

  it('is renamed and moved to another category field by field; the same field changed by two asks', async () => {
    const { documentId } = await add();
    expect(await edit(documentId, { title: { from: 'Umowa', to: 'Umowa z 2019 r.' } })).toEqual({
      status: 'saved',
      changed: ['title'],
    });
    expect(await edit(documentId, { category: { from: 'contract', to: 'letter' } })).toEqual({
      status: 'saved',
      changed: ['category'],
    });
    expect(await edit(documentId, { title: { from: 'Umowa', to: 'Inna' } })).toEqual({
      status: 'conflict',
      fields: { title: { original: 'Umowa', theirs: 'Umowa z 2019 r.', mine: 'Inna' } },
    });
    expect(await listed(documentId)).toMatchObject({ title: 'Umowa z 2019 r.', category: 'letter' });
    const bidi = { from: 'Umowa z 2019 r.', to: 'a\u202eb' };
    expect((await refusalOf(edit(documentId, { title: bidi }))).code).toBe('INVALID_TEXT');
    const client = await database().asLogin('s_anna');
    const emptied = client.query(`select api.edit_document($1, '{"title": ["Umowa z 2019 r.", " "]}')`, [documentId]);
    await expect(emptied).rejects.toMatchObject({ code: '23502' });
  });

  it('is withdrawn with a reason that stands in the history, takes nothing more, and comes back', async () => {
    const { documentId, versionId } = await add();
    const state = (to: 'active' | 'withdrawn', reason: string) =>
      anna.documents.setState.mutate({ id: documentId, state: to, reason, requestId: randomUUID() });
    expect((await refusalOf(state('withdrawn', 'bo'))).code).toBe('INVALID_INPUT');
    await state('withdrawn', 'dodany do złego klienta');
    expect((await listed(documentId))?.state).toBe('withdrawn');
    const { upload } = await stage('x.pdf', fresh());
    const more = { id: documentId, upload, requestId: randomUUID() };
    expect((await refusalOf(anna.documents.addVersion.mutate(more))).code).toBe('CONFLICT');
    expect((await refusalOf(edit(documentId, { title: { from: 'Umowa', to: 'X' } }))).code).toBe('CONFLICT');
    expect((await open(anna, 'anna', versionId)).mime).toBe('application/pdf');
    await state('active', '');
    expect((await listed(documentId))?.state).toBe('active');
    const { rows } = await superuser.query(
      `select reason from audit.events where table_name = 'documents' and row_id = $1 and op = 'update' order by id`,
      [documentId],
    );
    expect(rows).toEqual([{ reason: 'dodany do złego klienta' }, { reason: null }]);
  });
});

describe('reading', () => {
  const reads = async () =>
    (
      await superuser.query(
        `select login, customer_id, purpose from audit.reads where fields = 'document' order by id desc limit 1`,
      )
    ).rows[0];
  const looks = () => count(`audit.reads where fields = 'document'`);

  it('is logged once an opening, with the customer whose document it is', async () => {
    const { versionId, documentId } = await attach(await stage('duzy.txt', large(3 * MIB)));
    const before = await looks();
    await open(tomasz, 'tomasz', versionId);
    expect(await looks()).toBe(before + 1);
    expect(await reads()).toEqual({
      login: 's_tomasz',
      customer_id: people.zuk,
      purpose: `documents:${documentId} version 1`,
    });
    await open(tomasz, 'tomasz', versionId);
    expect(await looks()).toBe(before + 2);
  });

  it('past the first byte is logged as well', async () => {
    const { versionId } = await add();
    const before = await looks();
    const client = await database().asLogin('s_iod');
    await client.query('select api.read_document($1, 1, 100)', [versionId]);
    await client.query('select api.read_document($1, 101, 100)', [versionId]);
    expect(await looks()).toBe(before + 1);
  });

  it('of what is nobody’s personal data is not logged', async () => {
    const { versionId, documentId } = await add();
    await superuser.query('update ibok.documents set personal = false where id = $1', [documentId]);
    const before = await looks();
    await open(anna, 'anna', versionId);
    expect(await looks()).toBe(before);
  });

  it.each([
    ['another byte', `set_byte(bytes, 100, (get_byte(bytes, 100) + 1) % 256)`],
    ['a byte less', `substring(bytes for octet_length(bytes) - 1)`],
    ['a byte more', `bytes || 'x'::bytea`],
  ])('of a blob with %s than was stored is refused', async (_, tampered) => {
    const bytes = fresh();
    const { versionId } = await add(bytes);
    // As somebody who holds the server's disk would: past the triggers and the check.
    await superuser.query(`alter table ibok.blobs drop constraint blobs_hash;
      set session_replication_role = replica`);
    await superuser.query(`update ibok.blobs set bytes = ${tampered} where sha256 = sha256($1)`, [bytes]);
    const refused = await refusalOf(anna.documents.open.mutate({ versionId })).finally(async () => {
      await superuser.query('delete from ibok.blobs where sha256 <> sha256(bytes)');
      await superuser.query(`alter table ibok.blobs add constraint blobs_hash check (sha256 = pg_catalog.sha256(bytes));
        set session_replication_role = default`);
    });
    expect(refused.code).toBe('FILE_DAMAGED');
    // And of one that is not there at all.
    expect((await refusalOf(anna.documents.open.mutate({ versionId }))).code).toBe('FILE_DAMAGED');
  });

  it('is for those who work with customers, adding for clerks', async () => {
    const { versionId } = await add();
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    expect((await refusalOf(admin.documents.open.mutate({ versionId }))).code).toBe('NOT_ALLOWED');
    // A technician's pictures belong to an exchange; documents of records are the office's.
    const slot = put('a.pdf', fresh(), 'tomasz');
    const { upload } = await tomasz.documents.stage.mutate({ slot });
    const wish = { owner: customer(), title: 'Umowa', category: 'contract' as const, upload, requestId: randomUUID() };
    expect((await refusalOf(tomasz.documents.add.mutate(wish))).code).toBe('NOT_ALLOWED');
  });
});
