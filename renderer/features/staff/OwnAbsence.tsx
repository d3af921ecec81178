import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { AbsenceDrawer } from './AbsenceDrawer';

/** When I am away and who stands in: said in a sentence, changed in a drawer. */
export function OwnAbsence() {
  const { t } = useTranslation('staff');
  const format = useFormat();
  const { user } = useSession();
  const list = useQuery(trpc.staff.colleagues.queryOptions());
  const [open, setOpen] = useState(false);
  const me = list.data?.colleagues.find(({ login }) => login === user.login);
  if (!me) return <Skeleton h="2.25rem" w="24rem" maw="100%" />;
  const substitute = list.data?.colleagues.find(({ login }) => login === me.substitute)?.displayName;
  const from = me.absentFrom && format.date(me.absentFrom);
  const days = from
    ? me.absentTo
      ? t('absence.days', { from, to: format.date(me.absentTo) })
      : t('absence.since', { from })
    : t('absence.none');
  return (
    <Group justify="space-between" gap="md">
      <Text>
        {days}
        {from && substitute ? ` ${t('absence.by', { name: substitute })}` : ''}
      </Text>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('absence.own')}
      </Button>
      {open && <AbsenceDrawer member={me} onClose={() => setOpen(false)} />}
    </Group>
  );
}
