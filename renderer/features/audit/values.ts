import type { TFunction } from 'i18next';
import type { Format } from '../../ui/format';

type Words = TFunction<['audit', 'customers', 'documents', 'meters', 'readings', 'tasks']>;

const DIGEST = /^(sha256:[0-9a-f]+|redacted)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** Whether a value stands in the trail as a digest only. */
export function isRedacted(value: string | null): boolean {
  return value !== null && DIGEST.test(value);
}

/** A stored value as people read it: days and instants formatted, words of our own translated. */
export function historyValue(t: Words, format: Format, table: string, field: string, value: string | null): string {
  if (value === null || value === '') return t('audit:nothing');
  if (DAY.test(value)) return format.date(value);
  if (INSTANT.test(value)) return format.dateTime(value);
  if (value === 'true') return t('audit:yes');
  if (value === 'false') return t('audit:no');
  return wordOf(t, table, field, value) ?? value;
}

/** The catalogue's word for a value out of a fixed list; undefined for free values. */
function wordOf(t: Words, table: string, field: string, value: string): string | undefined {
  const keys: Record<string, string> = {
    'customers.kind': `customers:kind.${value}`,
    'supply_points.status': `customers:points.status.${value}`,
    'meters.status': `meters:status.${value}`,
    'meters.owner_kind': `meters:ownerKind.${value}`,
    'meter_installations.role': `meters:role.${value}`,
    'readings.kind': `readings:kind.${value}`,
    'readings.state': `readings:state.${value}`,
    'documents.category': `documents:category.${value}`,
    'documents.state': `documents:state.${value}`,
    'follow_ups.state': `tasks:state.${value}`,
  };
  const key = keys[`${table}.${field}`];
  // The key is put together from stored data: a value without a word shows as it is.
  return key ? (t as unknown as (key: string, options: object) => string)(key, { defaultValue: value }) : undefined;
}
