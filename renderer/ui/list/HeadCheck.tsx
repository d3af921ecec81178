import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../DataTable.module.css';

interface HeadCheckProps {
  extent: 'none' | 'some' | 'all';
  onChange: (all: boolean) => void;
}

/** The checkbox over the rows: none, some, all that match. */
export function HeadCheck({ extent, onChange }: HeadCheckProps) {
  const { t } = useTranslation('lists');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = extent === 'some';
  }, [extent]);
  return (
    <input
      ref={box}
      type="checkbox"
      tabIndex={-1}
      className={classes.check}
      aria-label={t('selection.head')}
      title={t('selection.head')}
      checked={extent === 'all'}
      onChange={() => onChange(extent !== 'all')}
    />
  );
}
