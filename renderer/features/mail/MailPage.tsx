import { Group, SegmentedControl } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { MailRow } from '../../../shared/contract/mail';
import { serverList } from '../../app/lists/serverList';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { MailDrawer } from './MailDrawer';
import { useMailColumns } from './mailColumns';
import { askPreset, isNarrowedFurther, PRESETS, type Preset, presetOf } from './mailPresets';
import type { MailSearch } from './mailSearch';

const NEWEST_FIRST = { key: 'createdAt', descending: true };

interface MailPageProps {
  search: MailSearch;
  /** Beside the title; the demo's link to the messages its server caught. */
  actions?: ReactNode;
}

const MAILS = serverList<MailRow>('outbox', trpc.mail, client.mail);

/** What was sent, what waits, and what somebody has to settle. */
export function MailPage({ search, actions }: MailPageProps) {
  const { t } = useTranslation('mail');
  const navigate = useNavigate();
  const columns = useMailColumns();
  const standard = useMemo(() => standardView(columns, NEWEST_FIRST), [columns]);
  const arrangement = useSavedViews('outbox', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ show, mail }) => {
    if (!show) return;
    onView({ ...standard, question: askPreset({ filters: {}, sort: NEWEST_FIRST }, show) });
    void navigate({ to: '/outbox', search: mail ? { mail } : {}, replace: true });
  });
  const { question } = view;
  const { total, list } = useServerList(MAILS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/outbox', search: chosen, replace: true }),
  });
  const open = (mail: string | undefined) =>
    void navigate({ to: '/outbox', search: mail ? { mail } : {}, replace: true });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
        {...(actions ? { actions } : {})}
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('show')}
          data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={presetOf(question) ?? ''}
          onChange={(value) => onView({ ...view, question: askPreset(question, value as Preset) })}
        />
      </Group>
      <DataList
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        onOpen={({ id }) => open(id)}
        empty={<Empty question={question} />}
      />
      {search.mail && <MailDrawer id={search.mail} onOpen={open} onClose={() => open(undefined)} />}
    </>
  );
}

const labelOf = ({ to, template }: MailRow) => to ?? template;

function Empty({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('mail');
  const preset = presetOf(question);
  if (preset === null || isNarrowedFurther(question)) return <EmptyState icon={IconMail} title={t('empty.filtered')} />;
  return (
    <EmptyState
      icon={IconMail}
      title={t(`empty.${preset}`)}
      {...(preset === 'all' ? { text: t('empty.allText') } : {})}
    />
  );
}
