import { Button, Chip, Group, SegmentedControl } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { TaskRow } from '../../../shared/contract/tasks';
import { host } from '../../app/host';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { PAGE_ROWS, type PageReader, readRows, usePages } from '../../ui/list/pages';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useShortcut } from '../../ui/shortcuts';
import { NewTask } from './NewTask';
import { TaskDrawer } from './TaskDrawer';
import { useTaskColumns } from './taskColumns';
import {
  askDue,
  askWhose,
  DUES,
  type Due,
  dueAsked,
  isNarrowedFurther,
  PRESETS,
  type Preset,
  presetOf,
  questionOf,
} from './taskPresets';
import { mayChange } from './taskRights';
import type { TasksSearch } from './tasksSearch';
import { useTaskActs } from './useTaskActs';

interface TasksPageProps {
  search: TasksSearch;
  /** The history of a task, which another feature brings. */
  history: (id: string) => ReactNode;
}

/** What waits for me, what I asked of others, and what the colleagues have; completed with one key. */
export function TasksPage({ search, history }: TasksPageProps) {
  const office = useQuery(trpc.staff.colleagues.queryOptions());
  // The office's day decides what is overdue; it is there at once when any screen has asked before.
  return office.data ? <Tasks search={search} history={history} today={office.data.today} /> : null;
}

function Tasks({ search, history, today }: TasksPageProps & { today: string }) {
  const { t } = useTranslation('tasks');
  const navigate = useNavigate();
  const { user } = useSession();
  const act = useTaskActs();
  const columns = useTaskColumns(today, act);
  const [creating, setCreating] = useState(false);
  const [opened, setOpened] = useState<TaskRow | null>(null);
  const standard = useMemo(() => {
    const question = questionOf('mine', null, user.login, today);
    return { ...standardView(columns, question.sort), question };
  }, [columns, user.login, today]);
  const arrangement = useSavedViews('tasks', columns, standard);
  const { view, onView, views } = arrangement;
  const ask = (question: ListQuestion) => onView({ ...view, question });
  useAddressedView(search, arrangement, (show, due) =>
    onView({ ...standard, question: questionOf(show, due, user.login, today) }),
  );
  const { question } = view;
  const reader = useMemo(() => taskReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.tasks.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  const rows = usePages(reader, total);
  const exporting = useExport(() => ({
    list: 'tasks',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('title'),
  }));

  /** The row the keys are at: the grid marks it. */
  const active = (): TaskRow | undefined => {
    const row = document.querySelector('[data-main-list] [role=row][data-active]');
    return row ? rows.rowAt(Number(row.getAttribute('aria-rowindex')) - 2) : undefined;
  };
  useShortcut('N', t('new'), () => setCreating(true));
  useShortcut('Z', t('act.complete'), () => {
    const task = active();
    if (task?.state === 'open' && mayChange(task, user)) act('complete', task);
  });
  useShortcut('P', t('act.takeOver'), () => {
    const task = active();
    if (task?.state === 'open' && task.mine !== 'assigned') act('takeOver', task);
  });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={total ? <TaskCount count={total.count} /> : '\u00a0'}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        }
      />
      <Presets question={question} login={user.login} today={today} onAsk={ask} />
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
        onOpen={setOpened}
        empty={<Empty question={question} login={user.login} today={today} onNew={() => setCreating(true)} />}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/tasks', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        exporting={exporting}
        printer={host.print}
      />
      {creating && <NewTask about={null} today={today} onClose={() => setCreating(false)} />}
      {opened && (
        <TaskDrawer
          key={opened.id}
          task={opened}
          history={history(opened.id)}
          onAct={(which, task) => {
            act(which, task);
            setOpened(null);
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

const keyOf = (task: TaskRow) => task.id;
const labelOf = (task: TaskRow) => task.title;

function taskReader(question: ListQuestion): PageReader<TaskRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: `tasks ${JSON.stringify(question)}`,
    key: (cursor) => trpc.tasks.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.tasks.list.query(input(cursor), { signal }),
  };
}

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressedView(
  search: TasksSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  showPreset: (show: Preset, due: Due | null) => void,
) {
  const navigate = useNavigate();
  const done = useRef<TasksSearch>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.show && !search.due) return;
    showPreset(search.show ?? 'mine', search.due ?? null);
    void navigate({ to: '/tasks', search: {}, replace: true });
  });
}

interface PresetsProps {
  question: ListQuestion;
  login: string;
  today: string;
  onAsk: (question: ListQuestion) => void;
}

/** The questions people ask most; what else narrows the list stands beside it as every list's filters do. */
function Presets({ question, login, today, onAsk }: PresetsProps) {
  const { t } = useTranslation('tasks');
  return (
    <Group mb="sm" gap="md">
      <SegmentedControl
        size="xs"
        aria-label={t('whose')}
        data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
        value={presetOf(question, login) ?? ''}
        onChange={(value) => onAsk(askWhose(question, value as Preset, login))}
      />
      <Chip.Group
        value={dueAsked(question, today) ?? ''}
        onChange={(value) => onAsk(askDue(question, DUES.find((each) => each === value) ?? null, today))}
      >
        <Group gap={6} role="radiogroup" aria-label={t('column.dueOn')}>
          {(['all', ...DUES] as const).map((value) => (
            <Chip key={value} value={value} size="xs">
              {t(`due.${value}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Group>
  );
}

function TaskCount({ count }: { count: number }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  return <span aria-live="polite">{t('count', { count, formatted: format.count(count) })}</span>;
}

function Empty({ question, login, today, onNew }: Omit<PresetsProps, 'onAsk'> & { onNew: () => void }) {
  const { t } = useTranslation('tasks');
  const preset = presetOf(question, login);
  const due = dueAsked(question, today);
  const further = preset === null || isNarrowedFurther(question);
  const plain = !further && due === 'all';
  return (
    <EmptyState
      icon={IconChecklist}
      title={t(further ? 'empty.filtered' : plain ? `empty.${preset}` : 'empty.due')}
      {...(plain && preset === 'mine' ? { text: t('empty.text') } : {})}
      action={
        plain && preset !== 'closed' ? (
          <Button variant="default" mt="xs" onClick={onNew}>
            {t('new')}
          </Button>
        ) : undefined
      }
    />
  );
}
