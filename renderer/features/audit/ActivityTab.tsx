import { Box, Group, Stack, Text } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { type Column, DataTable } from '../../ui/DataTable';
import { DayField } from '../../ui/DayField';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';

const MAX_DAYS = 31;
const DAY_MS = 86_400_000;

interface Period {
  from: string;
  to: string;
}
interface DayOfPerson {
  day: string;
  login: string;
  displayName: string | null;
  acts: number;
}

/** The last seven days by the office's calendar. */
function lastWeek(): Period {
  const day = (back: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date(Date.now() - back * DAY_MS));
  return { from: day(6), to: day(0) };
}

/** How many events each person caused on each day: to explain what happened, not to rate anybody. */
export function ActivityTab() {
  const { t } = useTranslation('journal');
  const [period, setPeriod] = useState<Period>(lastWeek);
  const length = (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS;
  const fits = length >= 0 && length <= MAX_DAYS;
  const list = useQuery(trpc.audit.activity.queryOptions(period, { enabled: fits, placeholderData: keepPreviousData }));
  const columns = useColumns();
  return (
    <Stack gap="sm" maw="48rem">
      <Text c="dimmed">{t('activity.note')}</Text>
      <Group align="flex-start" gap="sm">
        {(['from', 'to'] as const).map((end) => (
          <Box key={end} w="11rem">
            <DayField
              label={t(`activity.${end}`)}
              value={period[end]}
              error={end === 'to' && !fits && t('activity.tooLong')}
              onChange={(day) => setPeriod({ ...period, [end]: day })}
            />
          </Box>
        ))}
      </Group>
      <DataTable
        main
        label={t('activity.label')}
        columns={columns}
        rows={fits ? (list.data?.days ?? []) : []}
        rowKey={({ day, login }) => `${day} ${login}`}
        loading={fits && list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState icon={IconCalendarOff} title={t('activity.empty')} />}
      />
    </Stack>
  );
}

function useColumns(): readonly Column<DayOfPerson>[] {
  const { t } = useTranslation('journal');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'day', header: t('activity.day'), width: 120, render: ({ day }) => format.date(day) },
      {
        key: 'who',
        header: t('activity.who'),
        width: 200,
        grow: 1,
        render: ({ displayName, login }) => displayName ?? login,
      },
      { key: 'login', header: 'Login', width: 160, render: ({ login }) => login },
      { key: 'acts', header: t('activity.acts'), width: 110, align: 'right', render: ({ acts }) => format.count(acts) },
    ],
    [t, format],
  );
}
