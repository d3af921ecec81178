import { Button, Group } from '@mantine/core';
import { hideNotification, notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconMailForward } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingMail } from '../../../shared/contract/mail';
import { showError } from '../../ui/showError';
import { client, trpc } from '../trpc';

const NOTICE = 'mail-waiting';
/** More than these at once come from an act that has a way back of its own. */
const MOST_UNDONE = 20;

interface Leaving extends WaitingMail {
  /** By this computer's clock, ms. */
  at: number;
}

/**
 * Says that an act of the person is about to send mail, how long is left, and takes it back. It asks the queue whenever
 * the queue changes, so that no act has to think of it.
 */
export function MailNotice() {
  const { data, dataUpdatedAt } = useQuery(trpc.mail.waiting.queryOptions(undefined, { staleTime: 0 }));
  const leaving = useMemo<Leaving[]>(
    () => (data?.mails ?? []).map((mail) => ({ ...mail, at: dataUpdatedAt + mail.seconds * 1000 })),
    [data, dataUpdatedAt],
  );
  const until = leaving.at(-1)?.at ?? 0;
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0) return;
    notifications.show({
      id: NOTICE,
      autoClose: false,
      withCloseButton: true,
      icon: <IconMailForward size={18} aria-hidden />,
      message: <Countdown leaving={leaving} />,
    });
    // Shown already: what it says is brought up to date.
    notifications.update({
      id: NOTICE,
      autoClose: false,
      icon: <IconMailForward size={18} aria-hidden />,
      message: <Countdown leaving={leaving} />,
    });
    const timer = setTimeout(() => hideNotification(NOTICE), left);
    return () => clearTimeout(timer);
  }, [leaving, until]);
  useEffect(() => {
    if (leaving.length === 0) hideNotification(NOTICE);
  }, [leaving]);
  return null;
}

function Countdown({ leaving }: { leaving: readonly Leaving[] }) {
  const { t } = useTranslation('mail');
  const queries = useQueryClient();
  const [now, setNow] = useState(Date.now());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const [first] = leaving;
  if (!first) return null;
  const seconds = Math.max(0, Math.ceil((first.at - now) / 1000));
  const name = t as unknown as (key: string, options: object) => string;
  const takeBack = async () => {
    setBusy(true);
    try {
      for (const { id } of leaving) await client.mail.cancel.mutate({ id, requestId: crypto.randomUUID() });
      notifications.show({ message: t('notice.undone'), color: 'green' });
    } catch (error) {
      showError(error);
    } finally {
      hideNotification(NOTICE);
      setBusy(false);
      void queries.invalidateQueries(trpc.mail.pathFilter());
    }
  };
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      {/* Said once when it comes; each second anew would be a flood in the ears. */}
      <span aria-live="off">
        {leaving.length === 1
          ? t('notice.one', {
              template: name(`name.${first.template}`, { defaultValue: first.template }),
              to: first.to,
              seconds,
            })
          : t('notice.many', { count: leaving.length, seconds })}
      </span>
      {leaving.length <= MOST_UNDONE && (
        <Button
          size="compact-xs"
          variant="default"
          flex="none"
          loading={busy}
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => void takeBack()}
        >
          {t('notice.undo')}
        </Button>
      )}
    </Group>
  );
}
