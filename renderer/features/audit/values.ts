import type { TFunction } from 'i18next';
import type { Format } from '../../ui/format';

type Words = TFunction<
  [
    'audit',
    'customers',
    'documents',
    'meters',
    'readings',
    'tasks',
    'deletions',
    'meterCases',
    'orders',
    'approvals',
    'accounts',
    'registrations',
  ]
>;

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
    'meter_movements.kind': `meters:event.${value}`,
    'legalizations.mark_kind': `meters:mark.kind.${value}`,
    'legalizations.lost_reason': `meters:legal.lossReason.${value}`,
    'seals.kind': `meters:sealKind.${value}`,
    'seals.place': `meters:sealPlace.${value}`,
    'seals.removed_reason': `meters:sealRemovedReason.${value}`,
    'readings.kind': `readings:kind.${value}`,
    'readings.state': `readings:state.${value}`,
    'documents.category': `documents:category.${value}`,
    'documents.state': `documents:state.${value}`,
    'follow_ups.state': `tasks:state.${value}`,
    'approvals.kind': `approvals:kind.${value}`,
    'approvals.state': `approvals:state.${value}`,
    'approvals.void_reason': `approvals:voidReason.${value}`,
    'deletion_requests.asked_via': `deletions:via.${value}`,
    'deletion_requests.identity_method': `deletions:identity.${value}`,
    'deletion_requests.status': `deletions:status.${value}`,
    'service_orders.kind': `orders:kind.${value}`,
    'service_orders.state': `orders:state.${value}`,
    'service_orders.result': `orders:result.${value}`,
    'exchanges.kind': `exchanges:kind.${value}`,
    'exchanges.reason': `exchanges:reason.${value}`,
    'meter_cases.kind': `meterCases:kind.${value}`,
    'meter_cases.state': `meterCases:state.${value}`,
    'meter_cases.role': `meterCases:role.${value}`,
    'meter_cases.result': `meterCases:result.${value}`,
    'meter_cases.cost_side': `meterCases:cost.${value}`,
    'registrations.status': `registrations:status.${value}`,
    'registrations.channel': `registrations:channel.${value}`,
    'registrations.relation': `registrations:relation.${value}`,
    'registrations.identity_method': `registrations:identity.methods.${value}`,
    'registrations.rejection_reason': `registrations:reject.reasons.${value}`,
    'accounts.status': `accounts:status.${value}`,
    'accounts.block_reason': `accounts:reason.${value}`,
    'account_access.relation': `accounts:relation.${value}`,
    'account_blocks.reason': `accounts:reason.${value}`,
    'data_change_requests.status': `accounts:change.status.${value}`,
    'regulation_acceptances.channel': `accounts:channel.${value}`,
    'consents.kind': `accounts:consent.is.${value}`,
    'consents.given_channel': `accounts:channel.${value}`,
    'consents.revoked_channel': `accounts:channel.${value}`,
    // Pages of counts, whose place is the record itself.
    'deletion_requests.protocol': 'deletions:plan.recorded',
  };
  const key = keys[`${table}.${field}`];
  // The key is put together from stored data: a value without a word shows as it is.
  return key ? (t as unknown as (key: string, options: object) => string)(key, { defaultValue: value }) : undefined;
}
