import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRecord, DeclarationChannel } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';
import { useToday } from './useToday';

/** What is noted: a version of the regulations as accepted, or a consent as given or revoked. */
export type Declaration =
  | { what: 'regulations'; versionId: string; label: string }
  | { what: 'consent'; kind: 'e_invoice'; given: boolean };

/** Declarations through the portal are noted by the portal itself. */
const CHANNELS = ['paper', 'post', 'email'] as const satisfies readonly DeclarationChannel[];

interface DeclareDrawerProps {
  account: AccountRecord;
  wanted: Declaration;
  onClose: () => void;
}

/** Notes what the holder declared outside of the portal: which way it came, and the day it counts from. */
export function DeclareDrawer({ account, wanted, onClose }: DeclareDrawerProps) {
  const { t } = useTranslation('accounts');
  const today = useToday();
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('paper');
  const [typed, setTyped] = useState<string | null>(null);
  const { act, busy } = useAccountAct({
    send: ({ on, way, requestId }: { on: string; way: (typeof CHANNELS)[number]; requestId: string }) =>
      wanted.what === 'regulations'
        ? client.accounts.recordAcceptance.mutate({
            id: account.id,
            requestId,
            versionId: wanted.versionId,
            channel: way,
            on,
          })
        : client.accounts.setConsent.mutate({
            id: account.id,
            requestId,
            kind: wanted.kind,
            given: wanted.given,
            channel: way,
            on,
          }),
    done: t('declare.done'),
    onDone: onClose,
  });
  const on = typed ?? today;
  const title =
    wanted.what === 'regulations' ? t('regulation.record') : t(wanted.given ? 'consent.give' : 'consent.revoke');
  return (
    <FormDrawer
      opened
      title={title}
      saveLabel={t('declare.save')}
      dirty={typed !== null || channel !== 'paper'}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => on && act({ on, way: channel })}
    >
      <Stack gap="md">
        <Text>{wanted.what === 'regulations' ? wanted.label : t(`consent.is.${wanted.kind}`)}</Text>
        <Radio.Group
          label={t('declare.channel')}
          value={channel}
          onChange={(value) => setChannel(CHANNELS.find((each) => each === value) ?? 'paper')}
        >
          <Stack gap="xs" mt="xs">
            {CHANNELS.map((each) => (
              <Radio key={each} value={each} label={t(`channel.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <DayField label={t('declare.on')} description={t('declare.onHint')} required value={on} onChange={setTyped} />
      </Stack>
    </FormDrawer>
  );
}
