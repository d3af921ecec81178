import type { SearchHit } from '../../../shared/contract/customers';
import { foldedWords, foldText } from '../../../shared/domain/fold';
import type { ReadContext } from '../../core/context';
import { ADDRESS } from '../../db/address';
import { likeLiteral } from '../../db/page';

const MAX_CUSTOMERS = 12;
const MAX_OTHERS = 5;
/** Candidates looked at before sorting: keeps the commonest words quick on a million rows. */
const MAX_CANDIDATES = 1_000;

const HIT = `'customer' as kind, customer_id as id, display_name as title,
  concat_ws(' · ', customer_no, nullif(address, '')) as subtitle`;

/**
 * The search box: customers, premises and meters for whatever was typed, exact identifiers first, each with the
 * reason of the hit. Folds diacritics, matches words at their start, and tries similar surnames when nothing fits.
 */
export async function search(ctx: ReadContext, text: string): Promise<SearchHit[]> {
  const words = foldedWords(text);
  const [only] = words;
  if (only === undefined) return [];
  const single = words.length === 1;
  const [byNumber, byText, premises, meters] = await Promise.all([
    single && /[0-9]/.test(only) ? byCustomerNo(ctx, only) : [],
    /^[0-9]{3,}$/.test(only) && single ? [] : byWords(ctx, words),
    premisesByWords(ctx, words),
    words.every((word) => /[0-9]/.test(word)) ? metersByNumber(ctx, text) : [],
  ]);
  const customers = distinct([...byNumber, ...byText]).slice(0, MAX_CUSTOMERS);
  const hits = [...customers, ...premises, ...meters];
  return hits.length > 0 ? hits : similarNames(ctx, words);
}

function byCustomerNo(ctx: ReadContext, prefix: string): Promise<SearchHit[]> {
  return ctx.db.rows<SearchHit>(
    `select ${HIT}, 'customerNo' as reason from ibok.customer_search
      where customer_no collate "C" >= $1 and customer_no collate "C" < $1 || chr(1114109)
      order by customer_no collate "C" limit $2`,
    [prefix, MAX_CUSTOMERS],
  );
}

/** One word: surnames that begin with it come first, by index range; then any word of number, name or address. */
async function byWords(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  const [first] = words;
  const names =
    words.length === 1
      ? await ctx.db.rows<SearchHit>(
          `select ${HIT}, 'name' as reason from ibok.customer_search
            where name_key >= $1 and name_key < $1 || chr(1114109) order by name_key, customer_id limit $2`,
          [first, MAX_CUSTOMERS],
        )
      : [];
  if (names.length >= MAX_CUSTOMERS || words.every((word) => word.length < 2)) return names;
  return [...names, ...(await anywhere(ctx, words))];
}

/**
 * Any word of number, name or address. Bearers of a typed surname come first, then surnames that begin with a typed
 * word. The materialised candidates keep the planner on the trigram index: with a plain ORDER BY it walks the name
 * index and takes hundreds of milliseconds.
 */
function anywhere(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  const patterns = words.map((word) => `% ${likeLiteral(word)}%`);
  const conditions = patterns.map((_, index) => `search_text like $${index + 3}`).join(' and ');
  const rank = `case when name_key = any ($1::text[]) then 0
    when exists (select from unnest($1::text[]) as typed (word) where starts_with(name_key, word)) then 1 else 2 end`;
  const all = (column: string) =>
    patterns.map((_, index) => `(' ' || ibok.fold(${column})) like $${index + 3}`).join(' and ');
  return ctx.db.rows<SearchHit>(
    `with found as materialized (
       select customer_id, name_key, sort_name from ibok.customer_search where ${conditions} limit ${MAX_CANDIDATES}),
     best as (select customer_id, ${rank} as rank from found order by rank, sort_name, customer_id limit ${MAX_CUSTOMERS})
     select ${HIT}, case when ${all('display_name')} then 'name' when ${all('address')} then 'address' else $2 end as reason
       from best join ibok.customer_search using (customer_id) order by best.rank, sort_name, customer_id`,
    [words, words.length > 1 ? 'nameAddress' : 'address', ...patterns],
  );
}

function premisesByWords(ctx: ReadContext, words: string[]): Promise<SearchHit[]> | SearchHit[] {
  if (words.every((word) => word.length < 3)) return [];
  const patterns = words.map((word) => `% ${likeLiteral(word)}%`);
  const conditions = patterns.map((_, index) => `search_text like $${index + 1}`).join(' and ');
  return ctx.db.rows<SearchHit>(
    `with found as materialized (
       select id, city, street, house_no, flat_no, postal_code from ibok.premises
        where ${conditions} limit ${MAX_CANDIDATES})
     select 'premise' as kind, id,
            ${ADDRESS} as title, postal_code as subtitle, 'address' as reason
       from found as premises order by city, street nulls first, length(house_no), house_no, flat_no nulls first limit ${MAX_OTHERS}`,
    patterns,
  );
}

/** Meters by the portal's number, by any part of the factory number, or by the radio module's number. */
function metersByNumber(ctx: ReadContext, text: string): Promise<SearchHit[]> | SearchHit[] {
  const compact = foldText(text).replace(/[^0-9a-z]/g, '');
  if (!/[0-9]/.test(compact) || compact.length < 3) return [];
  const meterId = /^[0-9]{1,18}$/.test(compact) ? compact : null;
  return ctx.db.rows<SearchHit>(
    `with found as materialized (
       (select id, 0 as rank, 'meterId' as reason from ibok.meters where id = $1::bigint)
       union all
       (select id, 1, 'radioId' from ibok.meters where radio_id = upper($2) limit 5)
       union all
       (select id, case when factory_key = $2 then 1 else 2 end, 'factoryNo' from ibok.meters
         where factory_key like $3 limit 50)),
     best as (select distinct on (id) id, rank, reason from found order by id, rank)
     select 'meter' as kind, meters.id, meters.factory_no as title,
            concat_ws(' · ', meters.id::text, types.maker || ' ' || types.model, 'DN ' || types.dn) as subtitle, best.reason
       from best join ibok.meters as meters using (id) join ibok.meter_types as types on types.id = meters.type_id
      order by best.rank, meters.factory_no, meters.id limit ${MAX_OTHERS}`,
    [meterId, compact, `%${likeLiteral(compact)}%`],
  );
}

/** Only when nothing else was found: surnames a typing error away, asked in the small table of distinct surnames. */
async function similarNames(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  if (longest.length < 4 || /[0-9]/.test(longest)) return [];
  return ctx.db.rows<SearchHit>(
    `with near as materialized (
       select name_key, ext.similarity(name_key, $1) as nearness from ibok.customer_surnames
        where name_key operator(ext.%) $1 order by nearness desc, name_key limit 5)
     select ${HIT}, 'similarName' as reason from near join ibok.customer_search using (name_key)
      order by near.nearness desc, sort_name, customer_id limit $2`,
    [longest, MAX_CUSTOMERS],
  );
}

function distinct(hits: SearchHit[]): SearchHit[] {
  return [...new Map(hits.map((hit) => [`${hit.kind}:${hit.id}`, hit] as const).reverse()).values()].reverse();
}
