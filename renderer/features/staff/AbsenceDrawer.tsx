import { Alert, Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AbsenceField, Colleague } from '../../../shared/contract/staff';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';

interface AbsenceDrawerProps {
  member: Pick<Colleague, 'login' | 'displayName' | AbsenceField>;
  onClose: () => void;
}

/** From when to when somebody is away, and who stands in meanwhile. An empty first day means: here again. */
export function AbsenceDrawer({ member, onClose }: AbsenceDrawerProps) {
  const { t } = useTranslation(['staff', 'ui']);
  const format = useFormat();
  const queries = useQueryClient();
  const list = useQuery(trpc.staff.colleagues.queryOptions());
  const people = (list.data?.colleagues ?? []).filter(({ active, login }) => active && login !== member.login);
  const { absentFrom, absentTo, substitute } = member;
  const stored = useMemo(() => ({ absentFrom, absentTo, substitute }), [absentFrom, absentTo, substitute]);
  const labels = { absentFrom: t('absence.from'), absentTo: t('absence.to'), substitute: t('absence.substitute') };
  const nameOf = (login: string) => people.find((person) => person.login === login)?.displayName ?? login;
  return (
    <ComparedDrawer<AbsenceField>
      title={t('absence.title', { name: member.displayName })}
      stored={stored}
      labels={labels}
      shown={(field, value) => (field === 'substitute' ? nameOf(value) : format.date(value))}
      draftId={`staff.absence.${member.login}`}
      validate={(typed) => ({
        ...(typed.absentTo && !typed.absentFrom ? { absentFrom: t('absence.fromMissing') } : {}),
        ...(typed.absentTo && typed.absentTo < typed.absentFrom ? { absentTo: t('absence.order') } : {}),
      })}
      save={(changes, requestId) => client.staff.changeAbsence.mutate({ login: member.login, requestId, changes })}
      onSaved={() => {
        notifications.show({ message: t('absence.saved'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.staff.pathFilter());
        void queries.invalidateQueries(trpc.tasks.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Stack gap="md">
          <DayField
            label={labels.absentFrom}
            description={t('absence.fromHint')}
            clearable
            value={typed.absentFrom}
            onChange={(day) => set('absentFrom', day)}
            error={errors.absentFrom}
          />
          <DayField
            label={labels.absentTo}
            description={t('absence.toHint')}
            clearable
            value={typed.absentTo}
            onChange={(day) => set('absentTo', day)}
            error={errors.absentTo}
          />
          <Select
            label={labels.substitute}
            clearable
            clearButtonProps={{ 'aria-label': t('ui:clear') }}
            searchable
            data={people.map(({ login, displayName, group }) => ({
              value: login,
              label: `${displayName} · ${t(`group.${group}`)}`,
            }))}
            value={typed.substitute || null}
            onChange={(login) => set('substitute', login ?? '')}
            error={errors.substitute}
            comboboxProps={{ withinPortal: false }}
          />
          <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} aria-hidden />} p="xs">
            {t('absence.hint')}
          </Alert>
        </Stack>
      )}
    </ComparedDrawer>
  );
}
