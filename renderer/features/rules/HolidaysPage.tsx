import { ActionIcon, Button, Group, Paper, Skeleton, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronLeft, IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '../../../shared/contract/rules';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { showError } from '../../ui/showError';
import { AddHoliday } from './AddHoliday';
import { AskReason } from './AskReason';

const FIRST_YEAR = 2018;
const LAST_YEAR = 2050;

/** Days off of a year: by law, and those the office added with its source. */
export function HolidaysPage() {
  const { t } = useTranslation('rules');
  const [year, setYear] = useState(() => new Date().getFullYear());
  const list = useQuery(trpc.holidays.list.queryOptions({ year }, { placeholderData: keepPreviousData }));
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={t('holidays.title')}
        subtitle={t('holidays.subtitle')}
        actions={
          <Can action="holidays.add">
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t('holidays.add')}
            </Button>
          </Can>
        }
      />
      <Group gap="xs" mb="sm">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('holidays.previousYear')}
          disabled={year <= FIRST_YEAR}
          onClick={() => setYear(year - 1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Text fw={650} size="lg" aria-live="polite" miw="3.5rem" ta="center">
          {year}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('holidays.nextYear')}
          disabled={year >= LAST_YEAR}
          onClick={() => setYear(year + 1)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </Group>
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton h="32rem" />}
      {list.data && <Days holidays={list.data.holidays} today={list.data.today} />}
      {adding && <AddHoliday onClose={() => setAdding(false)} />}
    </>
  );
}

function Days({ holidays, today }: { holidays: Holiday[]; today: string }) {
  const { t, i18n } = useTranslation('rules');
  const format = useFormat();
  const queries = useQueryClient();
  const mayRemove = useMay('holidays.remove');
  const [asked, setAsked] = useState<{ holiday: Holiday; requestId: string } | null>(null);
  const remove = useMutation(
    trpc.holidays.remove.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('holidays.removed'), color: 'green' });
        setAsked(null);
        void queries.invalidateQueries(trpc.holidays.pathFilter());
      },
      onError: showError,
    }),
  );
  const columns = useMemo<RecordColumn<Holiday>[]>(() => {
    const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
    return [
      {
        key: 'day',
        header: t('holidays.day'),
        kind: 'date',
        render: ({ day }) => `${format.date(day)}, ${weekday.format(new Date(`${day}T12:00:00Z`))}`,
      },
      { key: 'name', header: t('holidays.name'), render: ({ name }) => name },
      {
        key: 'source',
        header: t('column.source'),
        render: ({ source, statutory, recordedByName }) =>
          statutory ? source : [source, recordedByName].filter(Boolean).join(' · '),
      },
      {
        key: 'acts',
        header: t('column.acts'),
        render: (holiday) =>
          mayRemove &&
          !holiday.statutory &&
          holiday.day >= today && (
            <Tooltip label={t('holidays.remove')}>
              <ActionIcon
                aria-label={`${t('holidays.remove')}: ${holiday.name}`}
                onClick={() => setAsked({ holiday, requestId: crypto.randomUUID() })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          ),
      },
    ];
  }, [t, i18n.language, format, mayRemove, today]);
  return (
    <Paper withBorder p="md">
      <RecordTable
        label={t('holidays.title')}
        columns={columns}
        rows={holidays}
        rowKey={({ id }) => id}
        minWidth={720}
      />
      {asked && (
        <AskReason
          key={asked.holiday.id}
          draftId={`holidays.remove.${asked.holiday.id}`}
          title={t('holidays.removeTitle', { name: asked.holiday.name })}
          text={t('holidays.removeText')}
          confirmLabel={t('holidays.remove')}
          busy={remove.isPending}
          onClose={() => setAsked(null)}
          onConfirm={(reason) => remove.mutateAsync({ id: asked.holiday.id, requestId: asked.requestId, reason })}
        />
      )}
    </Paper>
  );
}
