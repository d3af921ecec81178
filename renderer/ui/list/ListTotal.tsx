import { useTranslation } from 'react-i18next';
import type { ListCount } from '../../../shared/contract/lists';
import { useFormat } from '../format';

interface ListTotalProps {
  total: ListCount | undefined;
  /** The list's own words for so many; `formatted` stands for the number. */
  words: (counted: { count: number; formatted: string }) => string;
}

/** How many match: exact, or honestly "ponad 10 000". A no-break space keeps the line while nothing is known. */
export function ListTotal({ total, words }: ListTotalProps) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  if (!total) return <span>{'\u00a0'}</span>;
  const formatted = format.count(total.count);
  return (
    <span aria-live="polite">
      {words({ count: total.count, formatted: total.capped ? t('view.over', { formatted }) : formatted })}
    </span>
  );
}
