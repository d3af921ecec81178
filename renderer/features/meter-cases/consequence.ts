import type { MeterCaseRecord } from '../../../shared/contract/meter-cases';

/**
 * The sentence that says what follows from a result of an expertise: of the legalization, and who bears the cost. `record` is
 * the case before it is stored; a correction of `fails` takes the loss of legalization back.
 */
export function consequenceOf(
  result: NonNullable<MeterCaseRecord['result']>,
  record: Pick<MeterCaseRecord, 'result' | 'demandedBy'>,
) {
  if (result === 'fails') return 'form.failsConsequence';
  const side = record.demandedBy ?? 'customer';
  return record.result === 'fails'
    ? (`form.returnsConsequence.${side}` as const)
    : (`form.meetsConsequence.${side}` as const);
}
