import { expect, it } from 'vitest';
import { insertCustomer } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();

const meter = (id: number | string) => ({
  row: 2,
  meter_id: id,
  factory_no: 'A1',
  maker: 'Wzór',
  model: 'W1',
  dn: 20,
  q3: 2.5,
  digits: 5,
  owner_kind: 'utility',
  status: 'in_stock',
});

async function importMeter(id: number | string, end: 'commit' | 'rollback') {
  const anna = await database().asLogin('s_anna');
  await anna.query('begin');
  const { rows: opened } = await anna.query(
    `select api.begin_import(null, 'meters', 'good', 'm.csv', repeat('ab', 32), 'utf-8') ->> 'importId' as id`,
  );
  const { rows } = await anna.query('select verdict, column_name, code from api.import_rows($1, $2)', [
    opened[0].id,
    JSON.stringify([meter(id)]),
  ]);
  await anna.query(end);
  return rows[0];
}

it('what a row was before an import is shown to nobody: it holds PESEL and bank account', async () => {
  const root = await database().asSuperuser();
  const customer = await insertCustomer(root, { pesel: '44051401359' });
  const { rows } = await root.query(
    `insert into ibok.imports (login, file_kind, file_name, file_sha256, encoding)
     values ('s_anna', 'customers', 'k.csv', sha256('k'), 'utf-8') returning id`,
  );
  await root.query(
    `insert into ibok.import_rows (import_id, row_no, table_name, row_id, before_image)
     values ($1, 2, 'customers', $2, '{"pesel": "44051401359"}')`,
    [rows[0].id, customer],
  );
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_admin', 's_iod']) {
    const client = await database().asLogin(login);
    for (const columns of ['before_image', '*', 'import_rows::text']) {
      await expect(client.query(`select ${columns} from ibok.import_rows`), login).rejects.toMatchObject({
        code: '42501',
      });
    }
  }
  const anna = await database().asLogin('s_anna');
  const seen = await anna.query('select row_no, table_name, row_id from ibok.import_rows where import_id = $1', [
    rows[0].id,
  ]);
  expect(seen.rows).toEqual([{ row_no: 2, table_name: 'customers', row_id: customer }]);
});

it.each(['9223372036854775807', '1000000000000', '0', '-5'])(
  'the meter number %s is refused: it is outside the range of billing',
  async (id) => {
    expect(await importMeter(id, 'rollback')).toEqual({
      verdict: 'refused',
      column_name: 'meter_id',
      code: 'OUT_OF_RANGE',
    });
  },
);

it('numbers of billing never meet those of Desk, and an import moves no sequence', async () => {
  const root = await database().asSuperuser();
  const sequence = async () => (await root.query('select last_value, is_called from ibok.meters_id_seq')).rows;
  const before = await sequence();
  expect(await importMeter(999_999_999_999, 'commit')).toMatchObject({ verdict: 'create' });
  expect(await sequence()).toEqual(before);
  const { rows } = await root.query(
    `insert into ibok.meters (factory_no, type_id, owner_kind) select 'B1', id, 'customer' from ibok.meter_types returning id`,
  );
  expect(rows).toEqual([{ id: '1000000000000' }]);
});
