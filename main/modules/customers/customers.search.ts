import type { SearchHit } from '../../../shared/contract/customers';
import { foldedWords, foldText } from '../../../shared/domain/fold';
import type { ReadContext } from '../../core/context';
import { ADDRESS } from '../../db/address';
import { likeLiteral } from '../../db/page';
import { planned } from '../../db/statements';

const MAX_CUSTOMERS = 12;
const MAX_OTHERS = 5;
/** Candidates looked at before sorting: keeps the commonest words quick on a million rows. */
const MAX_CANDIDATES = 1_000;
/** Bearers of one surname looked through for the other words: as many as give a dozen hits for a town of some size. */
const MAX_BEARERS = 400;
/** Companies with a word sorted by name: each is folded again to prove it has the word, which costs more than reading it. */
const MAX_COMPANIES = 400;

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
  const found = words.length === 1 ? await oneWord(ctx, only, text) : await severalWords(ctx, words, text);
  const hits = [...distinct(found.customers).slice(0, MAX_CUSTOMERS), ...found.others];
  return hits.length > 0 ? hits : similarNames(ctx, words);
}

interface Found {
  customers: SearchHit[];
  /** Premises, then meters. */
  others: SearchHit[];
}

async function oneWord(ctx: ReadContext, word: string, text: string): Promise<Found> {
  if (/^[0-9]{6,}$/.test(word)) return byLongNumber(ctx, word, text);
  const cities = /^[a-z]{2,}$/.test(word) ? await citiesLike(ctx, word) : [];
  const [byNumber, byText, there] = await Promise.all([
    /[0-9]/.test(word) ? byCustomerNo(ctx, word) : [],
    /^[0-9]{3,}$/.test(word) ? [] : byWord(ctx, word, cities),
    premisesByWords(ctx, [word], cities),
  ]);
  // The first figures of many a customer's number stand in thousands of factory numbers as well.
  const meters = byNumber.length < MAX_CUSTOMERS ? await metersByNumber(ctx, text) : [];
  return { customers: [...byNumber, ...byText], others: [...there, ...meters] };
}

/** Six figures and more are a customer or a meter; a house that has such a number is looked up when neither is. */
async function byLongNumber(ctx: ReadContext, word: string, text: string): Promise<Found> {
  const [customers, meters] = await Promise.all([byCustomerNo(ctx, word), metersByNumber(ctx, text)]);
  const known = customers.length + meters.length > 0;
  return { customers, others: known ? meters : await premisesByWords(ctx, [word], []) };
}

/**
 * What a typed address or name is found by first: the indexes on addresses, names and places. Only when that is not
 * enough all words are looked up in the trigram index, which takes the longer the more rows have each of them.
 */
async function severalWords(ctx: ReadContext, words: string[], text: string): Promise<Found> {
  const numbered = words.some((word) => /[0-9]/.test(word));
  const addressed = numbered && /^[a-z]/.test(words[0] ?? '') ? await atAddress(ctx, text) : null;
  if (addressed && addressed.others.length > 0 && !(await isSurname(ctx, words))) return addressed;
  const cities = numbered ? [] : await citiesLike(ctx, words.join(' '));
  const [customers, there, meters] = await Promise.all([
    numbered ? anywhere(ctx, words) : byWords(ctx, words, cities),
    premisesByWords(ctx, words, cities),
    words.every((word) => /[0-9]/.test(word)) ? metersByNumber(ctx, text) : [],
  ]);
  return { customers, others: [...there, ...meters] };
}

/** Whole names, bearers of a surname in a place, a place of several words; each step only while a dozen is not full. */
async function byWords(ctx: ReadContext, words: string[], cities: string[]): Promise<SearchHit[]> {
  const steps = [
    () => byWholeName(ctx, words),
    () => byNameInPlace(ctx, words),
    () => (cities.length > 0 ? ctx.db.rows<SearchHit>(BY_CITY, [cities]) : []),
    () => byNameAndMore(ctx, words),
    () => anywhere(ctx, words),
  ];
  let hits: SearchHit[] = [];
  for (const step of steps) {
    hits = distinct([...hits, ...(await step())]);
    if (hits.length >= MAX_CUSTOMERS) break;
  }
  return hits;
}

const BY_CUSTOMER_NO = planned(
  `select ${HIT}, 'customerNo' as reason from ibok.customer_search
    where customer_no collate "C" >= $1 and customer_no collate "C" < $1 || chr(1114109)
    order by customer_no collate "C" limit ${MAX_CUSTOMERS}`,
);

function byCustomerNo(ctx: ReadContext, prefix: string): Promise<SearchHit[]> {
  return ctx.db.rows<SearchHit>(BY_CUSTOMER_NO, [prefix]);
}

/** Each place once, by a loose scan of the index on places: as quick for a million customers as for a thousand. */
const CITIES = `with recursive cities as (
     (select city from ibok.customer_search order by city limit 1)
     union all
     select (select next.city from ibok.customer_search as next where next.city > cities.city order by next.city limit 1)
       from cities where cities.city is not null)`;

const CITIES_LIKE = planned(`${CITIES} select city from cities where ' ' || ibok.fold(city) like '% ' || $1 || '%'`);

/** The places of which a word begins with the given folded letters. */
async function citiesLike(ctx: ReadContext, letters: string): Promise<string[]> {
  const rows = await ctx.db.rows<{ city: string }>(CITIES_LIKE, [letters]);
  return rows.map(({ city }) => city);
}

/** Surname and first name, or the company's name, as the index on it has them. */
const NAME = 'ibok.fold(display_name) collate "C"';

const BY_NAME = planned(
  `select ${HIT}, 'name' as reason from ibok.customer_search
    where ${NAME} >= $1 and ${NAME} < $1 || chr(1114109) order by ${NAME}, customer_id limit ${MAX_CUSTOMERS}`,
);

const FIRST_NAME = `ibok.fold(split_part(display_name, ' ', -1)) collate "C"`;

/** People of that first name and companies with that word in their name. */
const BY_OTHER_NAME = planned(
  `with found as materialized (
     (select customer_id, sort_name from ibok.customer_search
       where kind = 'person' and ${FIRST_NAME} >= $1 and ${FIRST_NAME} < $1 || chr(1114109)
       order by ${FIRST_NAME} limit ${MAX_CUSTOMERS})
     union all
     (select customer_id, sort_name from ibok.customer_search
       where kind = 'company' and (' ' || ibok.fold(display_name)) like $2 limit ${MAX_COMPANIES})),
   best as (select customer_id from found order by sort_name, customer_id limit ${MAX_CUSTOMERS})
   select ${HIT}, 'name' as reason from best join ibok.customer_search using (customer_id) order by sort_name, customer_id`,
);

const BY_CITY = planned(
  `select ${HIT}, 'address' as reason
     from unnest($1::text[]) as place (name) cross join lateral (
       select * from ibok.customer_search where city = place.name order by sort_name, customer_id limit ${MAX_CUSTOMERS}) as there
    order by sort_name, customer_id limit ${MAX_CUSTOMERS}`,
);

/**
 * Surnames that begin with the word come first, by index range; then those who are supplied in a place that begins so,
 * from the index on places (the trigram index would list a quarter of the office for the name of its town); then first
 * names and words of companies' names; then any word of number, name or address.
 */
async function byWord(ctx: ReadContext, word: string, cities: string[]): Promise<SearchHit[]> {
  const hits = await ctx.db.rows<SearchHit>(BY_NAME, [word]);
  if (hits.length < MAX_CUSTOMERS && cities.length > 0) hits.push(...(await ctx.db.rows<SearchHit>(BY_CITY, [cities])));
  if (hits.length >= MAX_CUSTOMERS || word.length < 2) return hits;
  hits.push(...(await ctx.db.rows<SearchHit>(BY_OTHER_NAME, [word, startOfWord(word)])));
  if (distinct(hits).length >= MAX_CUSTOMERS) return hits;
  return [...hits, ...(await anywhere(ctx, [word]))];
}

/** Names that begin with the words in any order of them. */
const BY_WHOLE_NAME = planned(
  `with found as materialized (
     select near.* from unnest($1::text[]) as typed (name) cross join lateral (
       select customer_id, sort_name from ibok.customer_search
        where ${NAME} >= typed.name and ${NAME} < typed.name || chr(1114109)
        order by ${NAME}, customer_id limit ${MAX_CUSTOMERS}) as near),
   best as (
     select distinct customer_id, sort_name from found order by sort_name, customer_id limit ${MAX_CUSTOMERS})
   select ${HIT}, 'name' as reason from best join ibok.customer_search using (customer_id, sort_name)
    order by sort_name, customer_id`,
);

function byWholeName(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  // As typed, and with the first word last or the last word first: that is every order of a name of two or three words
  // in which its surname stays together.
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const orders = [words, [...words.slice(1), first], [last, ...words.slice(0, -1)]];
  return ctx.db.rows<SearchHit>(BY_WHOLE_NAME, [[...new Set(orders.map((order) => order.join(' ')))]]);
}

/** Bearers of a surname who are supplied in a place that begins as typed. */
const BY_NAME_IN_PLACE = planned(
  `${CITIES},
   found as materialized (
     select near.* from unnest($1::text[], $2::text[]) as typed (surname, place)
       join cities on ' ' || ibok.fold(cities.city) like '% ' || typed.place || '%'
      cross join lateral (
        select customer_id, sort_name from ibok.customer_search
         where name_key = typed.surname collate "C" and city = cities.city limit ${MAX_CUSTOMERS}) as near)
   select ${HIT}, 'nameAddress' as reason from (select distinct customer_id from found) as best
     join ibok.customer_search using (customer_id) order by sort_name, customer_id limit ${MAX_CUSTOMERS}`,
);

/** A surname before or after its place; the place may have several words. */
function byNameInPlace(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  const surnames = [words[0], words.at(-1)];
  const places = [words.slice(1).join(' '), words.slice(0, -1).join(' ')];
  return ctx.db.rows<SearchHit>(BY_NAME_IN_PLACE, [surnames, places]);
}

/** The typed words as surnames and the first bearers of each, of whom those stay who have the other words as well. */
const BY_NAME_AND_MORE = planned(
  `with found as materialized (
     select near.* from unnest($1::text[]) as typed (word) cross join lateral (
       select customer_id, name_key, sort_name, search_text, name_key = typed.word as whole from ibok.customer_search
        where name_key >= typed.word and name_key < typed.word || chr(1114109) and char_length(typed.word) > 1
        order by name_key limit ${MAX_BEARERS}) as near),
   best as (
     select customer_id, bool_or(whole) as whole from found
      where search_text like all ($2::text[])
      group by customer_id, sort_name order by bool_or(whole) desc, sort_name, customer_id limit ${MAX_CUSTOMERS})
   select ${HIT}, case when (' ' || ibok.fold(display_name)) like all ($2::text[]) then 'name' else 'nameAddress' end as reason
     from best join ibok.customer_search using (customer_id) order by whole desc, sort_name, customer_id`,
);

function byNameAndMore(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  return ctx.db.rows<SearchHit>(BY_NAME_AND_MORE, [words, words.map(startOfWord)]);
}

const IS_SURNAME = planned(
  'select exists (select from ibok.customer_surnames where name_key = any ($1::text[])) as yes',
);

async function isSurname(ctx: ReadContext, words: string[]): Promise<boolean> {
  const [row] = await ctx.db.rows<{ yes: boolean }>(IS_SURNAME, [words]);
  return row?.yes ?? false;
}

const ADDRESS_KEY = 'ibok.address_key(street, house_no, flat_no, city) collate "C"';

/** Premises whose address begins as typed, and who is supplied there now, at whichever of their places that is. */
const AT_ADDRESS = planned(
  `with found as materialized (
     select id, city, street, house_no, flat_no, postal_code from ibok.premises
      where ${ADDRESS_KEY} >= $1 and ${ADDRESS_KEY} < $1 || chr(1114109) order by ${ADDRESS_KEY} limit 50),
   supplied as materialized (
     select distinct supplies.customer_id from found
       join ibok.supply_points as points on points.premise_id = found.id
       join ibok.supplies as supplies on supplies.supply_point_id = points.id
        and supplies.valid_from <= ibok.today() and (supplies.valid_to is null or supplies.valid_to > ibok.today()))
   (select ${HIT}, 'address' as reason from supplied join ibok.customer_search using (customer_id)
     order by sort_address, sort_name, customer_id limit ${MAX_CUSTOMERS})
   union all
   (select 'premise', id, ${ADDRESS}, postal_code, 'address' from found as premises
     order by city, street nulls first, length(house_no), house_no, flat_no nulls first limit ${MAX_OTHERS})`,
);

async function atAddress(ctx: ReadContext, text: string): Promise<Found> {
  const begin = foldText(text).replace(/^(ul|al|pl|os) /, '');
  const hits = await ctx.db.rows<SearchHit>(AT_ADDRESS, [begin]);
  return {
    customers: hits.filter(({ kind }) => kind === 'customer'),
    others: hits.filter(({ kind }) => kind === 'premise'),
  };
}

const startOfWord = (word: string) => `% ${likeLiteral(word)}%`;

/**
 * Any word of number, name or address. Bearers of a typed surname come first, then surnames that begin with a typed
 * word. The materialised candidates keep the planner on the trigram index: with a plain ORDER BY it walks the name
 * index and takes hundreds of milliseconds.
 */
function anywhere(ctx: ReadContext, words: string[]): Promise<SearchHit[]> {
  const patterns = words.map(startOfWord);
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

/** Candidates by `where`, which stands on an index; the first few in the order in which houses stand. */
const premises = (where: string) => `with found as materialized (
     select id, city, street, house_no, flat_no, postal_code from ibok.premises where ${where} limit ${MAX_CANDIDATES})
   select 'premise' as kind, id, ${ADDRESS} as title, postal_code as subtitle, 'address' as reason
     from found as premises
    order by city, street nulls first, length(house_no), house_no, flat_no nulls first limit ${MAX_OTHERS}`;

const PREMISES_BY_CITY = planned(premises('city = any ($1::text[])'));

async function premisesByWords(ctx: ReadContext, words: string[], cities: string[]): Promise<SearchHit[]> {
  if (words.every((word) => word.length < 3)) return [];
  const inCities = cities.length > 0 ? await ctx.db.rows<SearchHit>(PREMISES_BY_CITY, [cities]) : [];
  if (inCities.length >= MAX_OTHERS) return inCities;
  const conditions = words.map((_, index) => `search_text like $${index + 1}`).join(' and ');
  return ctx.db.rows<SearchHit>(premises(conditions), words.map(startOfWord));
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

/** Each record once, where it was found first. */
function distinct(hits: SearchHit[]): SearchHit[] {
  const byRecord = new Map<string, SearchHit>();
  for (const hit of hits) {
    const record = `${hit.kind}:${hit.id}`;
    if (!byRecord.has(record)) byRecord.set(record, hit);
  }
  return [...byRecord.values()];
}
