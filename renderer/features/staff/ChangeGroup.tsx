import { Alert, Button, Group, Modal, Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takesOnePerson } from '../../../shared/contract/staff';
import { STAFF_GROUPS, type StaffGroup } from '../../../shared/permissions';
import { trpc } from '../../app/trpc';
import { ShortcutLayer } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import { SecondPerson } from './SecondPerson';
import type { StaffAct } from './staffActs';

/** Another role, after which the person has to sign in anew; to or from most of them a second person decides. */
export function ChangeGroup({ asked, onClose }: { asked: StaffAct; onClose: () => void }) {
  const { t } = useTranslation(['staff', 'ui']);
  const queries = useQueryClient();
  const { member, requestId } = asked;
  const from = member.group;
  const [to, setTo] = useState<StaffGroup>(from === 'bok_clerk' ? 'bok_technician' : 'bok_clerk');
  const done = (message: string) => () => {
    notifications.show({ message, icon: <IconCheck size={18} aria-hidden />, color: 'green' });
    void queries.invalidateQueries(trpc.staff.pathFilter());
    onClose();
  };
  const change = useMutation(
    trpc.staff.changeGroup.mutationOptions({ onSuccess: done(t('staff:regroup.done')), onError: showError }),
  );
  const request = useMutation(
    trpc.staff.requestGroup.mutationOptions({ onSuccess: done(t('staff:second.sent')), onError: showError }),
  );
  const title = t('staff:regroup.title', { name: member.displayName });
  const choice = (
    <Select
      label={t('staff:regroup.to')}
      allowDeselect={false}
      data={STAFF_GROUPS.filter((group) => group !== from).map((value) => ({
        value,
        label: t(`staff:group.${value}`),
      }))}
      value={to}
      onChange={(value) => value && setTo(value)}
    />
  );
  const words = { from: t(`staff:group.${from}`), to: t(`staff:group.${to}`) };
  if (!takesOnePerson(from) || !takesOnePerson(to)) {
    return (
      <SecondPerson
        title={title}
        text={t('staff:regroup.second', words)}
        busy={request.isPending}
        onClose={onClose}
        onAsk={(reason) => request.mutate({ requestId, login: member.login, from, to, reason })}
      >
        {choice}
      </SecondPerson>
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <ShortcutLayer>
        <Stack gap="md">
          {choice}
          <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('staff:regroup.text', words)}
          </Alert>
          <Group justify="space-between">
            <Button
              color="red"
              loading={change.isPending}
              onClick={() => change.mutate({ requestId, login: member.login, from, to })}
            >
              {t('staff:regroup.confirm', { group: words.to })}
            </Button>
            <Button variant="default" data-autofocus onClick={onClose}>
              {t('ui:cancel')}
            </Button>
          </Group>
        </Stack>
      </ShortcutLayer>
    </Modal>
  );
}
