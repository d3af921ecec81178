import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconMailbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { PageHeader } from '../../ui/PageHeader';
import { MailText } from './MailText';
import classes from './mail.module.css';

const ASK_EVERY_MS = 3_000;

/** The messages that the demo office's mail server caught instead of delivering them. */
export function CaughtPage() {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const list = useQuery(trpc.mail.caught.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS }));
  const [shown, setShown] = useState<string | null>(null);
  const mails = list.data?.mails;
  return (
    <>
      <PageHeader title={t('caught.title')} subtitle={t('caught.subtitle')} />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton h="20rem" />}
      {list.data && !mails?.length && (
        <EmptyState icon={IconMailbox} title={t(mails ? 'caught.empty' : 'caught.off')} />
      )}
      {mails && mails.length > 0 && (
        <div className={classes.caught}>
          <ul className={classes.caughtList} aria-label={t('caught.list')}>
            {mails.map(({ name, at, to, subject }) => (
              <li key={name}>
                <UnstyledButton
                  className={classes.caughtItem}
                  aria-current={name === shown}
                  onClick={() => setShown(name)}
                >
                  <Text size="sm" fw={600} truncate>
                    {subject}
                  </Text>
                  <Text size="xs" c="dimmed" truncate>
                    {format.dateTime(at)} · {to}
                  </Text>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          {shown ? <Shown name={shown} /> : <EmptyState icon={IconMailbox} title={t('caught.choose')} />}
        </div>
      )}
    </>
  );
}

function Shown({ name }: { name: string }) {
  const { t } = useTranslation('mail');
  const mail = useQuery(trpc.mail.caughtText.queryOptions({ name }));
  if (mail.isError) return <ErrorState error={mail.error} onRetry={() => void mail.refetch()} />;
  if (!mail.data) return <Skeleton h="20rem" />;
  const { from, to, subject, files, text, html } = mail.data;
  return (
    <div className={classes.preview}>
      <KeyValue
        items={[
          { label: t('caught.from'), value: from },
          { label: t('column.to'), value: to },
          { label: t('subject'), value: subject },
          ...(files.length > 0 ? [{ label: t('caught.files'), value: files.join(', ') }] : []),
        ]}
      />
      <MailText key={name} text={text} html={html || null} />
    </div>
  );
}
