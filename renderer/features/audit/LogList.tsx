import { Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { ServerList } from '../../app/lists/serverList';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { standardView } from '../../ui/list/viewState';

const NEWEST_FIRST: ListQuestion['sort'] = { key: 'at', descending: true };

interface LogListProps<Row extends { id: string }> {
  log: ServerList<Row>;
  label: string;
  title: string;
  columns: readonly ListColumn<Row>[];
  rowLabel: (row: Row) => string;
  empty: ReactNode;
  onOpen?: (row: Row) => void;
}

/** A log, newest first: filtered, arranged, exported and printed like every list; its rows are never edited. */
export function LogList<Row extends { id: string }>(props: LogListProps<Row>) {
  const { log, columns, title, onOpen } = props;
  const { t } = useTranslation('journal');
  const format = useFormat();
  const standard = useMemo(() => standardView(columns, NEWEST_FIRST), [columns]);
  const arrangement = useSavedViews(log.name, columns, standard);
  const { total, leave, list } = useServerList(log, arrangement, { columns, standard, title });
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs" aria-live="polite">
        {total ? t(total.capped ? 'countCapped' : 'count', { formatted: format.count(total.count) }) : '\u00a0'}
      </Text>
      <DataList
        {...list}
        label={props.label}
        rowLabel={props.rowLabel}
        empty={props.empty}
        {...(onOpen && {
          onOpen: (row: Row, index: number) => {
            leave(row, index);
            onOpen(row);
          },
        })}
      />
    </>
  );
}
