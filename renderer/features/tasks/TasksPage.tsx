import { Button, Chip, Group, SegmentedControl } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { TaskRow } from '../../../shared/contract/tasks';
import { serverList } from '../../app/lists/serverList';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
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

const TASKS = serverList<TaskRow>('tasks', trpc.tasks, client.tasks);

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
  const { view, onView } = arrangement;
  const ask = (question: ListQuestion) => onView({ ...view, question });
  useAddressed(search, arrangement, ({ show, due }) => {
    if (!show && !due) return;
    onView({ ...standard, question: questionOf(show ?? 'mine', due ?? null, user.login, today) });
    void navigate({ to: '/tasks', search: {}, replace: true });
  });
  const { question } = view;
  const { total, list } = useServerList(TASKS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/tasks', search: chosen, replace: true }),
  });

  /** The row the keys are at: the grid marks it. */
  const active = (): TaskRow | undefined => {
    const row = document.querySelector('[data-main-list] [role=row][data-active]');
    return row ? list.rows.rowAt(Number(row.getAttribute('aria-rowindex')) - 2) : undefined;
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
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        }
      />
      <Presets question={question} login={user.login} today={today} onAsk={ask} />
      <DataList
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        onOpen={setOpened}
        empty={<Empty question={question} login={user.login} today={today} onNew={() => setCreating(true)} />}
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

const labelOf = (task: TaskRow) => task.title;

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
