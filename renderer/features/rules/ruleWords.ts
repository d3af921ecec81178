import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule, RuleValue } from '../../../shared/contract/rules';
import { type Format, useFormat } from '../../ui/format';

/** What a rule governs, and its values as people read them. */
export function useRuleWords() {
  const { t } = useTranslation('rules');
  const format = useFormat();
  return useMemo(
    () => ({
      // The key is the database's: one of a later release shows itself.
      name: (key: string) => plain(t)(`name.${key}`, { defaultValue: key }),
      value: (rule: Rule, value: string) =>
        plain(t)(`unit.${rule.unit}`, { count: Number(value), value: format.decimal(value) }),
      period: (value: RuleValue) => periodOf(t, format, value),
    }),
    [t, format],
  );
}

function plain(t: TFunction<'rules'>) {
  return t as unknown as (key: string, options: object) => string;
}

function periodOf(t: TFunction<'rules'>, format: Format, { validFrom, validTo }: RuleValue): string {
  const from = format.date(validFrom);
  return validTo ? t('period.closed', { from, to: format.date(validTo) }) : t('period.open', { from });
}
