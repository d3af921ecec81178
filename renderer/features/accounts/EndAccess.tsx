import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountAccess } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';
import { dayAway, useToday } from './useToday';

/** Ends what an account sees of a customer: at once, or after a day. */
export function EndAccess({ access, onClose }: { access: AccountAccess; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const today = useToday();
  const [typed, setTyped] = useState<string | null>(null);
  const { act, busy } = useAccountAct({
    send: client.accounts.endAccess.mutate,
    done: t('access.ended'),
    onDone: onClose,
  });
  const yesterday = today && dayAway(today, -1);
  const lastDay = typed ?? yesterday;
  return (
    <FormDrawer
      opened
      title={t('access.endTitle', { name: access.customerName })}
      saveLabel={t('access.end')}
      dirty={typed !== null}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => lastDay && act({ accessId: access.id, lastDay })}
    >
      <Stack gap="md">
        <Text>{t('access.endText')}</Text>
        <DayField
          label={t('access.lastDay')}
          description={t('access.lastDayHint')}
          required
          data-autofocus
          value={lastDay}
          onChange={setTyped}
          {...(yesterday && { minDate: yesterday })}
        />
      </Stack>
    </FormDrawer>
  );
}
