import type { Client } from 'pg';

/** What the database has, to compare with what the matrix names. */
export interface Catalogue {
  /** `schema.table` → columns, in the schemas of the product. */
  tables: Map<string, string[]>;
  /** `schema.table.policy` → command. */
  policies: Map<string, string>;
  sequences: string[];
  /** A call with arguments of the right types, for refusals: it never gets as far as its arguments. */
  functions: { name: string; call: string; guarded: boolean; definer: boolean }[];
  /** Group → its direct members, people left out. */
  memberships: Map<string, string[]>;
}

const SCHEMAS = `('ibok', 'api', 'portal', 'billing', 'jobs', 'audit', 'keeper')`;

/** Reads the catalogue. A NULL would let a strict function answer without being called at all. */
export async function readCatalogue(superuser: Client): Promise<Catalogue> {
  const tables = await superuser.query<{ name: string; columns: string[] }>(`
    select n.nspname || '.' || c.relname as name,
           array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
                  order by attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ${SCHEMAS} and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`);
  const policies = await superuser.query<{ name: string; command: string }>(`
    select schemaname || '.' || tablename || '.' || policyname as name,
           lower(cmd) || case permissive when 'PERMISSIVE' then '' else ' restrictive' end as command
      from pg_policies where schemaname in ${SCHEMAS} order by 1`);
  const sequences = await superuser.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ${SCHEMAS} and c.relkind = 'S' order by 1`);
  const functions = await superuser.query<{
    name: string;
    types: string[];
    variadic: boolean;
    source: string;
    definer: boolean;
  }>(`
    select n.nspname || '.' || p.proname as name, p.provariadic <> 0 as variadic, p.prosrc as source, p.prosecdef as definer,
           array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as a (t, place) order by place) as types
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ${SCHEMAS} order by 1`);
  const memberships = await superuser.query<{ name: string; members: string[] }>(`
    select g.rolname as name, array_agg(m.rolname::text) as members
      from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
     where m.rolname !~ '^s_' and g.rolname !~ '^s_'
       and (g.rolname ~ '^(bok|ibok)_' or m.rolname ~ '^(bok|ibok)_') group by 1`);
  return {
    tables: new Map(tables.rows.map(({ name, columns }) => [name, columns])),
    policies: new Map(policies.rows.map(({ name, command }) => [name, command])),
    sequences: sequences.rows.map(({ name }) => name),
    functions: functions.rows.map(({ name, types, variadic, source, definer }) => ({
      name,
      call: `select ${name}(${types
        .map(sample)
        .map((value, place) => (variadic && place === types.length - 1 ? `variadic ${value}` : value))
        .join(', ')})`,
      guarded: /perform (api|ibok)\.demand_(role|importer|list|bulk_role|letter)\(|ibok\.(open_import|own_bulk)\(/.test(
        source,
      ),
      definer,
    })),
    memberships: new Map(memberships.rows.map(({ name, members }) => [name, members])),
  };
}

const SAMPLES: Readonly<Record<string, string>> = {
  text: `'x'`,
  jsonb: `'{}'`,
  uuid: 'gen_random_uuid()',
  date: `'2026-01-01'`,
  'timestamp with time zone': 'now()',
  bytea: `'\\x00'`,
  boolean: 'false',
};

function sample(type: string): string {
  if (/^(bigint|integer|numeric|smallint)$/.test(type)) return `1::${type}`;
  if (type.endsWith('[]')) return `'{}'::${type}`;
  const literal = SAMPLES[type];
  return literal ? `${literal}::${type}` : `null::${type}`;
}
