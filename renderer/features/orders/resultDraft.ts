import type { OrderRecord, OrderResult } from '../../../shared/contract/orders';

/** What is typed into the form for a result so far. */
export interface ResultDraft {
  value: string;
  result: OrderResult | '';
  /** `YYYY-MM-DD`. */
  on: string;
  note: string;
}

type Asked = Pick<OrderRecord, 'kind' | 'digits'>;
export type ResultFault =
  | 'valueMissing'
  | 'valueWhole'
  | 'valueDigits'
  | 'resultMissing'
  | 'onMissing'
  | 'onAhead'
  | 'noteMissing';

/** Whether the act that builds a meter in or out closes the order when it is done: an exchange, or a step of a case. */
export function closedByAct({ kind }: Pick<OrderRecord, 'kind'>): boolean {
  return kind === 'exchange' || kind === 'sub_meter_acceptance' || kind === 'expertise';
}

/** The form as it begins: a reading or work is expected to be done, today. */
export function emptyResult(order: Asked, today: string): ResultDraft {
  return { value: '', result: closedByAct(order) ? '' : 'done', on: today, note: '' };
}

/** The results a person can enter by hand. */
export function resultsOf(order: Asked): OrderResult[] {
  const failed: OrderResult[] = ['no_access', 'refused', 'not_found', 'not_possible', 'other'];
  return closedByAct(order) ? failed : ['done', ...failed];
}

/** Whether a reading belongs to the result: always asked for in a control reading, and only there. */
export function takesValue({ kind }: Asked): boolean {
  return kind === 'control_reading';
}

/** What is missing or wrong, by field. A reading that was taken counts, whatever else there was. */
export function faultsOf(
  { value, result, on, note }: ResultDraft,
  order: Asked,
  today: string,
): Partial<Record<keyof ResultDraft, ResultFault>> {
  const typed = value.trim();
  const faults: Partial<Record<keyof ResultDraft, ResultFault>> = {};
  if (!result) faults.result = 'resultMissing';
  if (takesValue(order)) {
    if (typed === '' && result === 'done') faults.value = 'valueMissing';
    else if (typed !== '' && !/^[0-9]+$/.test(typed)) faults.value = 'valueWhole';
    else if (order.digits !== null && typed.replace(/^0+/, '').length > order.digits) faults.value = 'valueDigits';
  }
  if (!on) faults.on = 'onMissing';
  else if (on > today) faults.on = 'onAhead';
  if (result === 'other' && note.trim() === '') faults.note = 'noteMissing';
  return faults;
}

/** m³ used since the reading before, as decimal text; null while either is missing. */
export function usedSince(value: string, previous: OrderRecord['previous']): string | null {
  if (!previous || !/^[0-9]{1,9}$/.test(value.trim())) return null;
  // Thousandths: a device may have given the reading before.
  const thousandths = BigInt(value.trim()) * 1000n - toThousandths(previous.value);
  const sign = thousandths < 0n ? '-' : '';
  const size = thousandths < 0n ? -thousandths : thousandths;
  const rest = String(size % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${sign}${size / 1000n}${rest ? `.${rest}` : ''}`;
}

function toThousandths(decimal: string): bigint {
  const [whole = '0', part = ''] = decimal.split('.');
  return BigInt(whole) * 1000n + BigInt(part.padEnd(3, '0'));
}
