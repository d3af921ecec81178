import { SegmentedControl } from '@mantine/core';
import { IconCalendarClock, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/mail';
import { host } from '../../app/host';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { MemoryList } from '../../ui/list/MemoryList';
import { PageHeader } from '../../ui/PageHeader';
import { Nothing } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { TemplateDrawer } from './TemplateDrawer';
import { useMailWords } from './useMailWords';

const SHOWN = ['all', 'mail', 'letter'] as const;
type Shown = (typeof SHOWN)[number];

const BY_NAME = { key: 'name', descending: false };

/** The texts of messages and letters: what holds today, since when and by whom. */
export function TemplatesPage() {
  const { t } = useTranslation('mail');
  const list = useQuery(trpc.templates.list.queryOptions());
  const [shown, setShown] = useState<Shown>('all');
  const [opened, setOpened] = useState<string | null>(null);
  const columns = useColumns();
  const templates = list.data?.templates;
  const rows = templates?.filter(({ channel }) => shown === 'all' || channel === shown);
  const template = templates?.find(({ key }) => key === opened);
  return (
    <>
      <PageHeader title={t('templates.title')} subtitle={t('templates.subtitle')} />
      <SegmentedControl
        mb="sm"
        size="xs"
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        aria-label={t('templates.channel.label')}
        data={SHOWN.map((value) => ({ value, label: t(`templates.channel.${value}`) }))}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
      />
      <MemoryList
        label={t('templates.title')}
        title={t('templates.title')}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        rowLabel={({ key }) => key}
        sort={BY_NAME}
        wordsHint={t('templates.wordsHint')}
        error={list.error ?? undefined}
        onRetry={() => void list.refetch()}
        onOpen={({ key }) => setOpened(key)}
        empty={<EmptyState icon={IconTemplate} title={t('templates.empty')} />}
        printer={host.print}
      />
      {template && list.data && (
        <TemplateDrawer
          key={template.key}
          template={template}
          today={list.data.today}
          letterhead={list.data.letterhead}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

/** The text that holds today. */
const presentOf = ({ versions, presentId }: Template) => versions.find(({ id }) => id === presentId);

function useColumns(): readonly ListColumn<Template>[] {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const words = useMailWords();
  return useMemo<readonly ListColumn<Template>[]>(() => {
    const kinds = (['mail', 'letter'] as const).map((value) => ({ value, label: t(`templates.channelOne.${value}`) }));
    const author = (template: Template) => {
      const present = presentOf(template);
      return present ? (present.recordedByName ?? t('templates.initial')) : null;
    };
    return [
      {
        key: 'name',
        header: t('templates.column.name'),
        width: 300,
        grow: 2,
        fixed: true,
        searched: true,
        sortKey: 'name',
        filter: { by: 'text' },
        value: ({ key }) => words.template(key),
        render: (template) => <Name template={template} />,
      },
      {
        key: 'channel',
        header: t('templates.column.channel'),
        width: 120,
        sortKey: 'channel',
        filter: { by: 'values', choices: kinds },
        words: Object.fromEntries(kinds.map(({ value, label }) => [value, label])),
        value: ({ channel }) => channel,
        render: ({ channel }) => t(`templates.channelOne.${channel}`),
      },
      {
        key: 'subject',
        header: t('templates.column.subject'),
        width: 260,
        grow: 3,
        searched: true,
        filter: { by: 'text' },
        value: (template) => presentOf(template)?.subject ?? null,
        render: (template) => presentOf(template)?.subject ?? <Nothing />,
      },
      {
        key: 'from',
        header: t('templates.column.from'),
        width: 158,
        align: 'right',
        sortKey: 'from',
        filter: { by: 'dates', nothing: true },
        value: (template) => presentOf(template)?.validFrom ?? null,
        print: (template) => dayOf(template, format.date) ?? '',
        render: (template) => dayOf(template, format.date) ?? <Nothing />,
      },
      {
        key: 'who',
        header: t('templates.column.who'),
        width: 160,
        sortKey: 'who',
        filter: { by: 'text', nothing: true },
        value: author,
        render: (template) => author(template) ?? <Nothing />,
      },
    ];
  }, [t, format, words]);
}

function dayOf(template: Template, date: (day: string) => string): string | null {
  const present = presentOf(template);
  return present ? date(present.validFrom) : null;
}

function Name({ template }: { template: Template }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const words = useMailWords();
  const newest = template.versions[0];
  const planned = newest && newest.id !== template.presentId && newest.validTo === null ? newest : null;
  return (
    <>
      <span>{words.template(template.key)}</span>
      {planned && (
        <>
          {' '}
          <StateBadge
            tone="info"
            icon={IconCalendarClock}
            label={t('templates.planned', { day: format.date(planned.validFrom) })}
          />
        </>
      )}
    </>
  );
}
