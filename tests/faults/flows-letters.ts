import { randomUUID } from 'node:crypto';
import { plantAccount } from '../support/accounts';
import { insertCustomer } from '../support/customers';
import type { Flow, Office } from './flow';

/** An active account of a customer of its own. */
const newAccount = (office: Office) =>
  office.asSuperuser(async (client) => plantAccount(client, await insertCustomer(client)));

const makeLetter: Flow = {
  name: 'letters.make',
  slow: 'each process starts a thread that draws',
  prepare: async (office) => {
    const { id } = await newAccount(office);
    const requestId = randomUUID();
    const record = `accounts:${id}`;
    return {
      perform: async (stage) =>
        (await stage.api('s_anna')).letters.make.mutate({ kind: 'activation', record, requestId }),
      state: () =>
        office.rows(
          `select (select count(*) from ibok.letters where record = $2) as letters,
              (select count(*) from ibok.documents where owner_table = 'accounts' and owner_id = $3::bigint) as documents,
              (select count(*) from ibok.acts where client_request_id = $1) as acts`,
          [requestId, record, id],
        ),
    };
  },
};

let versions = 0;

const announce: Flow = {
  name: 'regulations.announce',
  prepare: async (office) => {
    await newAccount(office);
    versions += 1;
    const [version] = await office.rows<{ id: string }>(
      `with made as (
         insert into ibok.regulation_versions (label, effective_on, summary)
         values ($1, date '2040-01-01' + $2::int, 'Zmiany') returning id
       ), bytes as (
         insert into ibok.blobs (sha256, bytes) values (sha256('%PDF-'), '%PDF-') on conflict do nothing
       ), document as (
         insert into ibok.documents (title, category, owner_table, owner_id, personal)
         select 'Regulamin', 'regulations', 'regulation_versions', id, false from made returning id
       ) select id from made`,
      [`Wersja ${randomUUID()}`, versions],
    );
    const id = version?.id ?? '';
    await office.rows(
      `with document as (
         select id from ibok.documents where owner_table = 'regulation_versions' and owner_id = $1::bigint
       ), file as (
         insert into ibok.document_versions (document_id, version_no, sha256, file_name, mime, size)
         select id, 1, sha256('%PDF-'), 'regulamin.pdf', 'application/pdf', 5 from document
       ) update ibok.regulation_versions set document_id = document.id from document where regulation_versions.id = $1::bigint`,
      [id],
    );
    return {
      // Told again, it tells nobody: how many it told differs by design.
      perform: async (stage) => {
        await (await stage.api('s_barbara')).regulations.announce.mutate({ id });
        return 'announced';
      },
      state: () =>
        office.rows(
          `select (select announced_at is not null from ibok.regulation_versions where id = $1::bigint) as announced,
              (select count(*) from ibok.regulation_notices where version_id = $1::bigint) as notices,
              (select count(*) from ibok.outbox where key like 'regulations.announcement:' || $1 || ':%') as mails`,
          [id],
        ),
    };
  },
};

export const LETTER_FLOWS: readonly Flow[] = [makeLetter, announce];
