import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount, ViewState } from '../../../shared/contract/lists';
import { useFormat } from '../format';
import { ShortcutLayer } from '../shortcuts';
import { showError } from '../showError';
import type { ListColumn } from './columns';
import { PrintView } from './PrintView';

/** Rows on one print-out: about fifty pages. More is a file. */
const MOST_PRINTED = 2000;

interface PrintOptions<Row> {
  title: string;
  columns: readonly ListColumn<Row>[];
  shown: readonly ListColumn<Row>[];
  view: ViewState;
  /** How many rows would be printed; undefined while that is not known. */
  count: ListCount | undefined;
  /** Reads at most `most` rows of what is to be printed, in the order of the screen. */
  readRows: (most: number) => Promise<readonly Row[]>;
  /** Opens the print dialog; answers when it is closed. */
  printer: () => Promise<unknown>;
}

/** Prints a list: answers the act and what has to be rendered while it is under way. */
export function usePrint<Row>(options: PrintOptions<Row>): { print: () => void; printing: ReactNode } {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [tooMany, setTooMany] = useState(false);
  const done = useCallback(() => setRows(null), []);
  const { count, readRows } = options;
  async function print() {
    if (count && (count.capped || count.count > MOST_PRINTED)) return setTooMany(true);
    try {
      const read = await readRows(MOST_PRINTED + 1);
      if (read.length > MOST_PRINTED) setTooMany(true);
      else setRows(read);
    } catch (error) {
      showError(error);
    }
  }
  const printing = (
    <>
      {rows && <PrintView {...options} rows={rows} onDone={done} />}
      <Modal opened={tooMany} onClose={() => setTooMany(false)} title={t('print.tooManyTitle')} withCloseButton={false}>
        <ShortcutLayer>
          <Text>{t('print.tooMany', { most: format.count(MOST_PRINTED) })}</Text>
          <Group justify="flex-end" mt="md">
            <Button onClick={() => setTooMany(false)}>{t('print.understood')}</Button>
          </Group>
        </ShortcutLayer>
      </Modal>
    </>
  );
  return { print: () => void print(), printing };
}
