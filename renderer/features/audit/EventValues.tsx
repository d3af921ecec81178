import { Button, Drawer, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { JournalRow } from '../../../shared/contract/audit';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { ShortcutLayer } from '../../ui/shortcuts';
import { Changes } from './Changes';

const PAGES = { customers: '/customers/$id', premises: '/premises/$id', meters: '/meters/$id' } as const;

interface EventValuesProps {
  event: JournalRow | null;
  onClose: () => void;
}

/** One event with what it changed, as far as this person may see it. */
export function EventValues({ event, onClose }: EventValuesProps) {
  const { t } = useTranslation('journal');
  return (
    <Drawer
      opened={event !== null}
      onClose={onClose}
      position="right"
      size="32rem"
      title={event && t('events.values', { id: event.id })}
      closeButtonProps={{ 'aria-label': t('events.close') }}
      transitionProps={{ duration: 0 }}
    >
      <ShortcutLayer>{event && <Values event={event} onClose={onClose} />}</ShortcutLayer>
    </Drawer>
  );
}

function Values({ event, onClose }: { event: JournalRow; onClose: () => void }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const navigate = useNavigate();
  const seesValues = useMay('audit.journalValues');
  const seesRecord = useMay('customers.card');
  const values = useQuery(trpc.audit.journalValues.queryOptions({ id: event.id }, { enabled: seesValues }));
  const page = PAGES[event.table as keyof typeof PAGES];
  return (
    <Stack gap="md">
      <Text c="dimmed">
        {format.dateTime(event.at)} · {event.displayName ?? event.login}
        {event.reason ? ` · ${event.reason}` : ''}
      </Text>
      {!seesValues && <Text>{t('events.officerOnly')}</Text>}
      {values.isError && <ErrorState error={values.error} onRetry={() => void values.refetch()} />}
      {seesValues && values.isPending && <Skeleton h="8rem" />}
      {values.data &&
        (values.data.changes ? (
          <Changes event={{ ...event, changes: values.data.changes }} />
        ) : (
          <Text>{t('events.noValues')}</Text>
        ))}
      {page && seesRecord && (
        <Button
          variant="default"
          onClick={() => {
            onClose();
            void navigate({ to: page, params: { id: event.rowId } });
          }}
        >
          {t('events.openRecord')}
        </Button>
      )}
    </Stack>
  );
}
