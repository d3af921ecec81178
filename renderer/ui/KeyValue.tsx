import type { ReactNode } from 'react';
import classes from './KeyValue.module.css';

export interface KeyValueItem {
  label: string;
  /** `null` and the empty string show a dash. */
  value: ReactNode;
  /** Puts a small act (edit, copy) behind the value. */
  action?: ReactNode;
}

interface KeyValueProps {
  items: readonly KeyValueItem[];
  /** Columns side by side on a wide screen; one on a narrow one. */
  columns?: 1 | 2 | 3;
}

/** Facts of a record as a description list. */
export function KeyValue({ items, columns = 1 }: KeyValueProps) {
  return (
    <dl className={classes.list} data-columns={columns}>
      {items.map(({ label, value, action }) => (
        <div key={label} className={classes.item}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>
            {value === null || value === undefined || value === '' ? <span className={classes.none}>—</span> : value}
            {action}
          </dd>
        </div>
      ))}
    </dl>
  );
}
