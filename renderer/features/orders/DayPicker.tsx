import { ActionIcon, Box, Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../ui/DayField';

const DAY_MS = 86_400_000;
const dayBeside = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

interface DayPickerProps {
  day: string;
  today: string;
  onDay: (day: string) => void;
}

/** The day a desk shows, with the days beside it one step away. */
export function DayPicker({ day, today, onDay }: DayPickerProps) {
  const { t } = useTranslation('orders');
  return (
    <Group gap={4} wrap="nowrap" align="flex-end">
      <ActionIcon
        variant="default"
        size="input-sm"
        aria-label={t('desk.previousDay')}
        onClick={() => onDay(dayBeside(day, -1))}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Box w="7.75rem">
        <DayField ariaLabel={t('desk.day')} value={day} onChange={(next) => next && onDay(next)} />
      </Box>
      <ActionIcon
        variant="default"
        size="input-sm"
        aria-label={t('desk.nextDay')}
        onClick={() => onDay(dayBeside(day, 1))}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" disabled={day === today} onClick={() => onDay(today)}>
        {t('desk.today')}
      </Button>
    </Group>
  );
}
