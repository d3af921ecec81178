import type { TFunction } from 'i18next';
import type { ColumnFilter } from '../../../shared/contract/lists';
import type { Format } from '../format';
import type { ColumnFilterForm } from './columns';

/** How many chosen values are named; of more, how many they are. */
const NAMED = 2;

/** A filter in words, behind its column's name: "zawiera „kowal”", "od 2 do 5", "puste". */
export function filterWords(
  filter: ColumnFilter,
  form: ColumnFilterForm | undefined,
  t: TFunction<'lists'>,
  format: Format,
): string {
  switch (filter.is) {
    case 'text':
      return t(`filter.words.${filter.how}`, { text: filter.text });
    case 'oneOf': {
      const words = filter.values.map(
        (value) => (form?.by === 'values' && form.choices.find((choice) => choice.value === value)?.label) || value,
      );
      return words.length <= NAMED ? words.join(', ') : t('filter.words.oneOf', { count: words.length });
    }
    case 'between':
      return ends(filter.from, filter.to, (value) => format.decimal(String(value)), t);
    case 'dates':
      return ends(filter.from, filter.to, (value) => format.date(value), t);
    default:
      return t(`filter.words.${filter.is}`);
  }
}

function ends<Value>(
  from: Value | null,
  to: Value | null,
  word: (value: Value) => string,
  t: TFunction<'lists'>,
): string {
  if (from !== null && to !== null) {
    return from === to ? word(from) : t('filter.words.fromTo', { from: word(from), to: word(to) });
  }
  if (from !== null) return t('filter.words.from', { from: word(from) });
  return to === null ? '' : t('filter.words.to', { to: word(to) });
}
