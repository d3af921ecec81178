import type { ColumnFilter, ListQuestion } from '../../shared/contract/lists';
import { foldedWords, foldText } from '../../shared/domain/fold';
import type { List, ListColumn } from './list-definition';
import { BadQuestion, Conditions, likeLiteral } from './page';

/** What narrows a list: the words of its search field and a filter per column. */
export type Narrowing = Pick<ListQuestion, 'words' | 'filters'>;

/**
 * The conditions of a question: every value bound, every piece of SQL from the list's definition. A blank text
 * narrows nothing; signs without a letter or digit match nobody. Throws BadQuestion (`words`, `filters.<column>`).
 */
export function conditionsOf(list: List, { words, filters }: Narrowing): Conditions {
  const conditions = new Conditions();
  if (words) wordsCondition(conditions, list, words);
  for (const [key, filter] of Object.entries(filters)) {
    const column = Object.hasOwn(list.columns, key) ? list.columns[key] : undefined;
    if (!column?.filters.includes(filter.is)) throw new BadQuestion(`filters.${key}`);
    if (filter.is === 'oneOf' && !filter.values.every((value) => column.codes?.includes(value) ?? true)) {
      throw new BadQuestion(`filters.${key}`);
    }
    for (const part of partsOf(conditions, list, column, filter)) conditions.where(part);
  }
  return conditions;
}

/** Every word must stand at a word start of the list's search text. */
function wordsCondition(conditions: Conditions, { words: sql }: List, typed: string): void {
  if (sql === undefined) throw new BadQuestion('words');
  const words = foldedWords(typed);
  if (words.length === 0) conditions.where('false');
  for (const word of words) conditions.where(`${sql} like ${conditions.add(`% ${likeLiteral(word)}%`)}`);
}

/** What must all be true of a row for one filter; its values are bound on the way. */
function partsOf(conditions: Conditions, list: List, column: ListColumn, filter: ColumnFilter): string[] {
  const { sql, type } = column;
  switch (filter.is) {
    case 'text':
      return textParts(conditions, list, column, filter);
    case 'oneOf':
      // One value as an equation: an index that has the column first then also gives the order behind it.
      return filter.values.length === 1
        ? [`${sql} = ${conditions.add(filter.values[0])}::${type}`]
        : [`${sql} = any (${conditions.add(filter.values)}::${type}[])`];
    case 'between':
      // Whole numbers: from 1.5 on means from 2 on, and the index is asked in a type it knows.
      return [
        ...(filter.from === null ? [] : [`${sql} >= ${conditions.add(held(Math.ceil(filter.from)))}::bigint`]),
        ...(filter.to === null ? [] : [`${sql} <= ${conditions.add(held(Math.floor(filter.to)))}::bigint`]),
      ];
    case 'dates':
      return [
        ...(filter.from === null ? [] : [`${sql} >= ${dayBegin(conditions, type, filter.from, 0)}`]),
        ...(filter.to === null ? [] : [`${sql} < ${dayBegin(conditions, type, filter.to, 1)}`]),
      ];
    case 'empty':
      return [type === 'text' ? `coalesce(${sql}, '') = ''` : `${sql} is null`];
    case 'filled':
      return [type === 'text' ? `${sql} <> ''` : `${sql} is not null`];
  }
}

function textParts(
  conditions: Conditions,
  { words }: List,
  { sql, inWords }: ListColumn,
  { how, text }: Extract<ColumnFilter, { is: 'text' }>,
): string[] {
  if (text === '') return [];
  const folded = foldText(text);
  if (folded === '') return ['false'];
  const like = (column: string, pattern: string) => `${column} like ${conditions.add(pattern)}`;
  // Alone these would match more: they are here for the trigram index, which knows no single column.
  const indexed = inWords && words ? folded.split(' ').map((word) => like(words, `%${likeLiteral(word)}%`)) : [];
  const own = `ibok.fold(${sql})`;
  if (how === 'equals') return [...indexed, `${own} = ${conditions.add(folded)}`];
  return [...indexed, like(own, `${how === 'contains' ? '%' : ''}${likeLiteral(folded)}%`)];
}

/** What no column can hold is as good as the nearest number that it can. */
function held(value: number): number {
  return Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** The beginning of a calendar day, `later` days on: as a day, or as the instant it begins in Warsaw. */
function dayBegin(conditions: Conditions, type: ListColumn['type'], value: string, later: 0 | 1): string {
  const date = `(${conditions.add(value)}::date + ${later})`;
  return type === 'instant' ? `(${date}::timestamp at time zone 'Europe/Warsaw')` : date;
}
