import type { Client } from 'pg';
import { ACCOUNTS, CREDENTIALS, HOLDERS } from './account-rows';
import { addVersions, storeFile } from './papers';
import { smallPdf } from './small-pdf';

const EFFECTIVE_ON = '2024-07-17';
/** Day of the version's file and of proxies' papers: noon, so that it is the same day in every zone. */
const FILED_AT = '2024-07-17 12:00';

/**
 * The accounts of the customers that were just loaded, with the version of the regulations they accepted; rows by table.
 *
 * @param client a superuser's, in the loader's transaction, with ordinary triggers off.
 * @param today `YYYY-MM-DD`.
 */
export async function loadAccounts(client: Client, today: string): Promise<Record<string, number>> {
  const regulations = smallPdf([
    ['Regulamin IBOK', 'wersja z 17 lipca 2024 r.', 'Dokument wzorcowy biura demonstracyjnego, bez mocy prawnej.'],
  ]);
  const version = await one(
    client,
    `insert into ibok.regulation_versions (label, effective_on, summary, recorded_at, recorded_by)
     values ('2024-07-17', $1, 'Pierwsza wersja regulaminu.', $2, 's_barbara') returning id`,
    [EFFECTIVE_ON, FILED_AT],
  );
  const paper = await storeFile(client, regulations);
  const document = await one(
    client,
    `insert into ibok.documents (title, category, owner_table, owner_id, personal, created_at, created_by)
     values ('Regulamin IBOK', 'regulations', 'regulation_versions', $1, false, $2, 's_barbara') returning id`,
    [version, FILED_AT],
  );
  await client.query('update ibok.regulation_versions set document_id = $1 where id = $2', [document, version]);
  await addVersions(client, paper, regulations.length, 'regulamin-ibok.pdf');

  await client.query(HOLDERS, [today]);
  const proxies = await addProxyPapers(client);
  const loaded: Record<string, number> = {
    regulation_versions: 1,
    blobs: 2,
    documents: 1 + proxies,
    document_versions: 1 + proxies,
  };
  for (const { table, sql } of ACCOUNTS) {
    const { rowCount } = await client.query(sql, sql.includes('$1') ? [version] : []);
    loaded[table] = rowCount ?? 0;
  }
  await client.query(CREDENTIALS);
  return loaded;
}

/** What those show who stand in for somebody: one paper's bytes, a document each. */
async function addProxyPapers(client: Client): Promise<number> {
  const paper = smallPdf([['Dokument podstawy', 'Papier wzorcowy biura demonstracyjnego.']]);
  const hash = await storeFile(client, paper);
  const { rowCount } = await client.query(
    `insert into ibok.documents (title, category, owner_table, owner_id, created_at, created_by)
     select 'Pełnomocnictwo', 'application', 'accounts', n, created_at, 's_anna' from demo_holders where n % 25 = 0 order by n`,
  );
  await addVersions(client, hash, paper.length, 'pelnomocnictwo.pdf');
  return rowCount ?? 0;
}

async function one(client: Client, sql: string, values: unknown[]): Promise<string> {
  const { rows } = await client.query<{ id: string }>(sql, values);
  return rows[0]?.id ?? '';
}
