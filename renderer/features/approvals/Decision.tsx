import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconBan, IconCheck, IconInfoCircle, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval, Obstacle } from '../../../shared/contract/approvals';
import { useSession } from '../../app/session';
import { useFormat } from '../../ui/format';
import { useApprovalWords } from './useApprovalWords';
import { useDecision } from './useDecision';

const SHORTEST_REASON = 5;

/** What this person can do with an open request, or in one sentence why nothing. */
export function Decision({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const { t } = useTranslation('approvals');
  const { user } = useSession();
  const { busy, decide, withdraw } = useDecision(approval, onDone);
  const [note, setNote] = useState('');
  const [noteMissing, setNoteMissing] = useState(false);
  const { cannotApprove, cannotReject } = approval;
  const obstacle = cannotReject ?? cannotApprove;

  // Whatever is decided makes it void: that is all there is to do.
  if (approval.changed && !cannotReject) {
    return (
      <Group>
        <Button variant="default" loading={busy} onClick={() => decide(cannotApprove === null, t('close'))}>
          {t('close')}
        </Button>
      </Group>
    );
  }

  const reject = () => {
    const missing = note.trim().length < SHORTEST_REASON;
    setNoteMissing(missing);
    if (!missing) decide(false, note);
  };
  return (
    <Stack gap="md">
      {obstacle && <WhyNot obstacle={obstacle} kind={approval.kind} />}
      {!cannotReject && (
        <>
          {!cannotApprove && (
            <Text size="sm" c="dimmed">
              {t(approval.kind === 'account.delete' ? 'later' : 'once')}
            </Text>
          )}
          <Textarea
            label={t('noteLabel')}
            description={t(approval.kind === 'account.delete' ? 'noteHintMailed' : 'noteHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1000}
            value={note}
            onChange={(event) => {
              setNote(event.currentTarget.value);
              setNoteMissing(false);
            }}
            error={noteMissing && t('noteMissing')}
          />
          <Group justify="space-between">
            <Button
              leftSection={<IconCheck size={16} aria-hidden />}
              disabled={cannotApprove !== null}
              loading={busy}
              onClick={() => decide(true, note)}
            >
              {t('approve')}
            </Button>
            <Button variant="default" leftSection={<IconBan size={16} aria-hidden />} disabled={busy} onClick={reject}>
              {t('reject')}
            </Button>
          </Group>
        </>
      )}
      {approval.requestedBy === user.login && (
        <Group>
          <Button variant="default" loading={busy} onClick={withdraw}>
            {t('withdraw')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function WhyNot({ obstacle, kind }: { obstacle: Obstacle; kind: string }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const words = useApprovalWords();
  const { why, until } = obstacle;
  const never = why === 'own_request' || why === 'own_subject' || why === 'not_decider';
  return (
    <Alert
      variant="light"
      color={never ? 'gray' : 'yellow'}
      p="sm"
      icon={never ? <IconUsersGroup size={18} aria-hidden /> : <IconInfoCircle size={18} aria-hidden />}
    >
      {t(`obstacle.${why}`, { who: words.deciders(kind), until: until ? format.dateTime(until) : '' })}
    </Alert>
  );
}
