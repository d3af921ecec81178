import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './preview.module.css';

/** Letters shown at most: a book of a hundred pages. */
const SHOWN = 200_000;

/** Plain text, in UTF-8 or, where it is none, windows-1250. */
export function TextView({ bytes }: { bytes: Uint8Array<ArrayBuffer> }) {
  const { t } = useTranslation('documents');
  const text = useMemo(() => decode(bytes), [bytes]);
  return (
    <div className={classes.paper}>
      <pre className={classes.text}>{text.slice(0, SHOWN)}</pre>
      {text.length > SHOWN && <Text c="dimmed">{t('preview.cut')}</Text>}
    </div>
  );
}

function decode(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1250').decode(bytes);
  }
}
