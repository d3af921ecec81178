import { Alert, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChange } from '../../../shared/contract/data-changes';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { FormDrawer } from '../../ui/FormDrawer';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { DataChangeState } from './AccountState';
import { useDataChange } from './useDataChange';
import { WantedField } from './WantedField';

/** What a customer wants changed, decided field by field beside what the record holds now; or what became of it. */
export function DecideDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const may = useMay('dataChanges.decide');
  const form = useDataChange(id, onClose);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { request, fields, chosen, choose, undecided, refuses } = form;
  const open = may && request.data?.status === 'open';
  const noteMissing = refuses && note.trim() === '';
  return (
    <FormDrawer
      opened
      title={t('change.title')}
      saveLabel={t(open ? 'change.save' : 'change.close')}
      dirty={open === true && (form.touched || note !== '')}
      saving={form.deciding}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        if (!open) return onClose();
        setTried(true);
        if (!undecided && !noteMissing) form.decide(note);
      }}
    >
      {request.isError && <ErrorState error={request.error} onRetry={() => void request.refetch()} />}
      {request.isPending && <Skeleton height="16rem" />}
      {request.data && (
        <Stack gap="md">
          <Head request={request.data} />
          {form.conflict && (
            <Alert role="alert" color="yellow" icon={<IconArrowsDiff size={18} aria-hidden />} p="xs">
              {t('change.conflict')}
            </Alert>
          )}
          {fields.map((field) => (
            <WantedField
              key={field.field}
              wanted={field}
              taken={open ? chosen(field) : request.data.accepted.includes(field.field)}
              decided={!open && request.data.status !== 'open'}
              missing={tried && chosen(field) === undefined}
              onChoose={open ? (taken) => choose(field.field, taken) : undefined}
            />
          ))}
          {open ? (
            <Textarea
              label={t('change.note')}
              description={t('change.noteHint')}
              required={refuses}
              autosize
              minRows={2}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              error={tried && noteMissing ? t('change.noteMissing') : undefined}
            />
          ) : (
            request.data.note && <Text>{request.data.note}</Text>
          )}
        </Stack>
      )}
    </FormDrawer>
  );
}

function Head({ request }: { request: DataChange }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between">
        <AnchorLink underline="always" to="/customers/$id" params={{ id: request.customerId }}>
          {request.customerNo} {request.customerName}
        </AnchorLink>
        <DataChangeState status={request.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {t('change.asked', { at: format.dateTime(request.requestedAt), login: request.login ?? t('erased') })}
      </Text>
      {request.decidedAt && (
        <Text size="sm" c="dimmed">
          {t('change.decidedBy', { at: format.dateTime(request.decidedAt), name: request.decidedByName })}
        </Text>
      )}
    </Stack>
  );
}
