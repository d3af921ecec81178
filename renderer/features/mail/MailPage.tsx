import { Group, SegmentedControl } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { MailRow } from '../../../shared/contract/mail';
import { host } from '../../app/host';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { PAGE_ROWS, type PageReader, readRows, usePages } from '../../ui/list/pages';
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

/** What was sent, what waits, and what somebody has to settle. */
export function MailPage({ search, actions }: MailPageProps) {
  const { t } = useTranslation('mail');
  const navigate = useNavigate();
  const columns = useMailColumns();
  const standard = useMemo(() => standardView(columns, NEWEST_FIRST), [columns]);
  const arrangement = useSavedViews('outbox', columns, standard);
  const { view, onView, views } = arrangement;
  useAddressed(search, arrangement, (show) =>
    onView({ ...standard, question: askPreset({ filters: {}, sort: NEWEST_FIRST }, show) }),
  );
  const { question } = view;
  const reader = useMemo(() => mailReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.mail.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  const rows = usePages(reader, total);
  const exporting = useExport(() => ({
    list: 'outbox',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('title'),
  }));
  const open = (mail: string | undefined) =>
    void navigate({ to: '/outbox', search: mail ? { mail } : {}, replace: true });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={total ? <MailCount count={total.count} /> : '\u00a0'}
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
        label={t('title')}
        title={t('title')}
        columns={columns}
        rowKey={keyOf}
        rowLabel={labelOf}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        wordsHint={t('wordsHint')}
        onOpen={({ id }) => open(id)}
        empty={<Empty question={question} />}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/outbox', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        exporting={exporting}
        printer={host.print}
      />
      {search.mail && <MailDrawer id={search.mail} onOpen={open} onClose={() => open(undefined)} />}
    </>
  );
}

const keyOf = ({ id }: MailRow) => id;
const labelOf = ({ to, template }: MailRow) => to ?? template;

function mailReader(question: ListQuestion): PageReader<MailRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: `outbox ${JSON.stringify(question)}`,
    key: (cursor) => trpc.mail.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.mail.list.query(input(cursor), { signal }),
  };
}

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressed(
  search: MailSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  showPreset: (show: Preset) => void,
) {
  const navigate = useNavigate();
  const done = useRef<MailSearch>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.show) return;
    showPreset(search.show);
    void navigate({ to: '/outbox', search: search.mail ? { mail: search.mail } : {}, replace: true });
  });
}

function MailCount({ count }: { count: number }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  return <span aria-live="polite">{t('count', { count, formatted: format.count(count) })}</span>;
}

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
