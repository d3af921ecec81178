import { Button } from '@mantine/core';
import { IconUserX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/desktop/commands';
import type { ChosenAccount } from './AccountField';
import { RequestDeletion } from './RequestDeletion';

/** On an account's page: takes the holder's request, by the button or by its name from the search box. */
export function RequestDeletionButton({ account }: { account: ChosenAccount }) {
  const { t } = useTranslation('deletions');
  const [asking, setAsking] = useState(false);
  useCommand({ id: 'deletions.request', label: t('request.act'), run: () => setAsking(true) });
  return (
    <>
      <Button variant="default" leftSection={<IconUserX size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('request.act')}
      </Button>
      {asking && <RequestDeletion account={account} onClose={() => setAsking(false)} />}
    </>
  );
}
