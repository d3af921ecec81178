import { Tabs } from '@mantine/core';
import { IconCalendarStats, IconEye, IconListDetails, IconShieldCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { ActivityTab } from './ActivityTab';
import { EventsTab } from './EventsTab';
import { JOURNAL_TABS, type JournalSearch } from './journalSearch';
import { ReadsTab } from './ReadsTab';
import { SealsTab } from './SealsTab';

type Tab = (typeof JOURNAL_TABS)[number];

const ICONS = { events: IconListDetails, reads: IconEye, activity: IconCalendarStats, seals: IconShieldCheck };

/** Who did what and who looked at what, and the proof that nobody changed it afterwards. */
export function JournalPage({ search }: { search: JournalSearch }) {
  const { t } = useTranslation('journal');
  const navigate = useNavigate();
  // The read log is the data protection officer's alone; the rest is the administrator's as well.
  const seesReads = useMay('audit.reads');
  const tabs = JOURNAL_TABS.filter((tab) => tab !== 'reads' || seesReads);
  const tab = search.tab && tabs.includes(search.tab) ? search.tab : 'events';
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/journal',
            search: { tab: next === 'events' ? undefined : (next as Tab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`tabs.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="events">
          <EventsTab />
        </Tabs.Panel>
        <Tabs.Panel value="reads">
          <ReadsTab />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <ActivityTab />
        </Tabs.Panel>
        <Tabs.Panel value="seals">
          <SealsTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
