import { IconArrowRight, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../../shared/contract/audit';
import { useFormat } from '../../ui/format';
import classes from './Changes.module.css';
import { historyValue, isRedacted } from './values';

/** What is no news to anybody: keys, and what the record itself shows in words. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  approvals: ['id', 'subject', 'subject_version', 'impact'],
};

/** What one event changed, field by field: before → after. What is stored as a digest only is said to be hidden. */
export function Changes({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation([
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
  ]);
  const format = useFormat();
  const fields = Object.entries(event.changes).filter(([field]) => !(UNSAID[event.table] ?? ['id']).includes(field));
  if (fields.length === 0) return null;
  return (
    <dl className={classes.changes}>
      {fields.map(([field, [before, after]]) => (
        <div key={field} className={classes.change}>
          <dt>{fieldName(t, event.table, field)}</dt>
          <dd>
            {isRedacted(before) || isRedacted(after) ? (
              <span className={classes.hidden}>
                <IconLock size={14} aria-hidden />
                {t('audit:hiddenChange')}
              </span>
            ) : (
              <>
                {event.op !== 'insert' && (
                  <>
                    <del className={classes.before} data-empty={before === null || undefined}>
                      {historyValue(t, format, event.table, field, before)}
                    </del>
                    <IconArrowRight size={14} aria-hidden />
                  </>
                )}
                <ins className={classes.after}>{historyValue(t, format, event.table, field, after)}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A column's name on screen, its table's own first; a column without one (of a later release) shows its own name. */
function fieldName(t: ReturnType<typeof useTranslation>['t'] | unknown, table: string, field: string): string {
  const keys = [`audit:fieldOf.${table}.${field}`, `audit:field.${field}`];
  return (t as (keys: string[], options: object) => string)(keys, { defaultValue: field });
}
