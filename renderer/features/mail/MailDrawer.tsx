import { Alert, Button, Drawer, Group, Skeleton, Text } from '@mantine/core';
import {
  IconBan,
  IconCheck,
  IconInfoCircle,
  IconLock,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailDetail } from '../../../shared/contract/mail';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { ShortcutLayer } from '../../ui/shortcuts';
import { MailRecord } from './MailRecord';
import { MailState } from './MailState';
import { MailText } from './MailText';
import classes from './mail.module.css';
import { ResendForm } from './ResendForm';
import { type MailAct, useMailActs } from './useMailActs';
import { useMailWords } from './useMailWords';

interface MailDrawerProps {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One message: where it stands and why, what can be done about it, and its text as it leaves. */
export function MailDrawer({ id, onOpen, onClose }: MailDrawerProps) {
  const { t } = useTranslation(['mail', 'ui']);
  const mail = useQuery(trpc.mail.get.queryOptions({ id }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="44rem"
      title={t('detail')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        {mail.isError && <ErrorState error={mail.error} onRetry={() => void mail.refetch()} />}
        {mail.isPending && <Skeleton h="24rem" />}
        {mail.data && <Body key={mail.data.id} mail={mail.data} onOpen={onOpen} />}
      </ShortcutLayer>
    </Drawer>
  );
}

function Body({ mail, onOpen }: { mail: MailDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const words = useMailWords();
  const [resending, setResending] = useState(false);
  return (
    <div className={classes.drawer}>
      <KeyValue
        items={[
          { label: t('column.state'), value: <MailState state={mail.state} /> },
          { label: t('column.to'), value: mail.to ?? t('erased') },
          { label: t('column.template'), value: words.template(mail.template) },
          { label: t('column.record'), value: <MailRecord mail={mail} /> },
          { label: t('column.createdAt'), value: `${format.dateTime(mail.createdAt)} · ${words.creator(mail)}` },
          ...(mail.attempts > 0 ? [{ label: t('column.attempts'), value: format.count(mail.attempts) }] : []),
          ...(mail.lastError ? [{ label: t('column.lastError'), value: words.fault(mail.lastError) }] : []),
          ...(mail.attachment ? [{ label: t('attachment'), value: mail.attachment }] : []),
        ]}
      />
      <StateText mail={mail} />
      {resending ? (
        <ResendForm mail={mail} onDone={onOpen} onCancel={() => setResending(false)} />
      ) : (
        <Acts mail={mail} onResend={() => setResending(true)} />
      )}
      {mail.text === null || mail.html === null ? (
        <Text c="dimmed">{t('erasedText')}</Text>
      ) : (
        <>
          <Text fw={600}>{mail.subject}</Text>
          {mail.hasSecret && (
            <Group gap={6} wrap="nowrap" align="flex-start">
              <IconLock size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
              <Text size="sm" c="dimmed">
                {t('secret')}
              </Text>
            </Group>
          )}
          <MailText text={mail.text} html={mail.html} />
        </>
      )}
    </div>
  );
}

/** What the state means for this message. */
function StateText({ mail }: { mail: MailDetail }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const said =
    mail.state === 'new'
      ? t(mail.attempts > 0 ? 'stateText.newAgain' : 'stateText.new', { at: format.dateTime(mail.sendAfter) })
      : t(`stateText.${mail.state}`, { at: mail.sentAt ? format.dateTime(mail.sentAt) : '' });
  const serious = (mail.state === 'unsure' || mail.state === 'failed') && !mail.resent;
  return (
    <Alert color={serious ? 'yellow' : 'gray'} variant="light" icon={<IconInfoCircle size={18} aria-hidden />} p="xs">
      {said}
      {mail.resent ? ` ${t('resent')}.` : ''}
    </Alert>
  );
}

const ACTS = [
  { act: 'release', icon: IconPlayerPlay },
  { act: 'confirm', icon: IconCheck },
  { act: 'hold', icon: IconPlayerPause },
  { act: 'cancel', icon: IconBan },
] as const satisfies readonly { act: MailAct; icon: unknown }[];

function Acts({ mail, onResend }: { mail: MailDetail; onResend: () => void }) {
  const { t } = useTranslation('mail');
  const act = useMailActs();
  const offered = ACTS.filter((each) => mail.abilities[each.act]);
  if (offered.length === 0 && !mail.abilities.resend) return null;
  return (
    <Group gap="xs">
      {mail.abilities.resend && (
        <Button
          variant={mail.state === 'sent' || mail.resent ? 'default' : 'filled'}
          leftSection={<IconSend size={16} aria-hidden />}
          onClick={onResend}
        >
          {t('act.resend')}
        </Button>
      )}
      {offered.map(({ act: which, icon: IconOf }) => (
        <Button
          key={which}
          variant="default"
          leftSection={<IconOf size={16} aria-hidden />}
          onClick={() => act(which, mail.id)}
        >
          {t(which === 'cancel' && mail.state === 'failed' ? 'act.giveUp' : `act.${which}`)}
        </Button>
      ))}
    </Group>
  );
}
