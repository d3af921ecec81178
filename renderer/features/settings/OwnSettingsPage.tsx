import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { PageHeader } from '../../ui/PageHeader';
import { ChangePassword } from './ChangePassword';
import { LookSettings } from './LookSettings';
import { Section } from './Section';
import { ShortcutSettings } from './ShortcutSettings';
import { WorkspaceSettings } from './WorkspaceSettings';

/** Everything a person chooses for themselves; it holds on every computer of the office. */
export function OwnSettingsPage({ absence }: { /** Another feature's part. */ absence: ReactNode }) {
  const { t } = useTranslation('settings');
  const { user } = useSession();
  return (
    <>
      <PageHeader title={t('own.title')} subtitle={`${user.displayName} · ${user.login}`} />
      <Stack gap="md" maw="60rem">
        <Section title={t('look.title')} text={t('look.text')}>
          <LookSettings />
        </Section>
        <Section title={t('absence.title')} text={t('absence.text')}>
          {absence}
        </Section>
        <Section title={t('desk.title')}>
          <WorkspaceSettings />
        </Section>
        <Section title={t('keys.title')} text={t('keys.text')}>
          <ShortcutSettings />
        </Section>
        <Section title={t('password.title')} text={t('password.text')}>
          <ChangePassword />
        </Section>
      </Stack>
    </>
  );
}
