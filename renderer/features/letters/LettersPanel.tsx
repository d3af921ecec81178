import { ActionIcon, Anchor, Button, Group, Menu, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconFileTypePdf, IconMail, IconMailCheck, IconMailPlus, IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterKind, LetterRow } from '../../../shared/contract/letters';
import { saveFile, storedVersion } from '../../app/preview/openDocument';
import { VersionPreview } from '../../app/preview/VersionPreview';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { showError } from '../../ui/showError';

interface LettersPanelProps {
  /** `registrations:12`, `accounts:7`, `deletion_requests:4`. */
  record: string;
  /** What can be made of it as it stands now. */
  kinds: readonly LetterKind[];
}

/** The letters of a record: made as PDF, looked at, printed, noted as sent. */
export function LettersPanel({ record, kinds }: LettersPanelProps) {
  const { t } = useTranslation('letters');
  const mayMake = useMay('letters.make');
  const list = useQuery(trpc.letters.list.queryOptions({ record }));
  const [openedId, setOpenedId] = useState<string | null>(null);
  const mark = useMark();
  const make = useMake(record, setOpenedId);

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton height={120} />;
  const { letters } = list.data;
  const opened = letters.find(({ id }) => id === openedId);
  return (
    <Stack gap="sm">
      {mayMake && kinds.length > 0 && <MakeLetter kinds={kinds} busy={make.busy} onMake={make.make} />}
      <Paper withBorder p="md">
        {letters.length === 0 ? (
          <EmptyState
            icon={IconMail}
            title={t('empty')}
            text={t(mayMake && kinds.length > 0 ? 'emptyText' : 'emptyNone')}
          />
        ) : (
          <LetterTable letters={letters} onOpen={({ id }) => setOpenedId(id)} onMark={mark} />
        )}
      </Paper>
      {opened && (
        <VersionPreview
          title={opened.title}
          version={opened.version}
          onPrinted={() => mark(opened, 'printed')}
          onClose={() => setOpenedId(null)}
        />
      )}
    </Stack>
  );
}

/** One act for one kind; a menu where there are more. */
function MakeLetter({
  kinds,
  busy,
  onMake,
}: {
  kinds: readonly LetterKind[];
  busy: boolean;
  onMake: (kind: LetterKind) => void;
}) {
  const { t } = useTranslation('letters');
  const icon = <IconMailPlus size={16} aria-hidden />;
  const [only] = kinds;
  if (kinds.length === 1 && only) {
    return (
      <Group>
        <Button variant="default" leftSection={icon} loading={busy} onClick={() => onMake(only)}>
          {t(`make.${only}`)}
        </Button>
      </Group>
    );
  }
  return (
    <Group>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={icon} loading={busy}>
            {t('make.any')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => onMake(kind)}>
              {t(`kind.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

interface LetterTableProps {
  letters: readonly LetterRow[];
  onOpen: (letter: LetterRow) => void;
  onMark: (letter: LetterRow, what: 'printed' | 'sent') => void;
}

function LetterTable({ letters, onOpen, onMark }: LetterTableProps) {
  const { t } = useTranslation('letters');
  const format = useFormat();
  const columns: RecordColumn<LetterRow>[] = [
    { key: 'no', header: t('column.no'), kind: 'number', render: ({ id }) => id },
    {
      key: 'kind',
      header: t('column.letter'),
      render: (letter) => (
        <Group gap="xs" wrap="nowrap">
          <IconFileTypePdf size={18} stroke={1.75} color="var(--mantine-color-dimmed)" aria-hidden />
          <Anchor component="button" type="button" ta="left" onClick={() => onOpen(letter)}>
            {t(`kind.${letter.kind}`)}
          </Anchor>
        </Group>
      ),
    },
    { key: 'made', header: t('column.made'), kind: 'date', render: ({ madeAt }) => format.dateTime(madeAt) },
    { key: 'by', header: t('column.by'), render: ({ madeByName }) => madeByName ?? t('byProgram') },
    { key: 'state', header: t('column.state'), render: (letter) => <LetterState letter={letter} /> },
    {
      key: 'acts',
      header: t('column.acts'),
      kind: 'code',
      render: (letter) => <LetterMenu letter={letter} onOpen={onOpen} onMark={onMark} />,
    },
  ];
  return <RecordTable label={t('label')} columns={columns} rows={letters} rowKey={({ id }) => id} minWidth={760} />;
}

function LetterState({ letter: { printedAt, sentAt, sentByName } }: { letter: LetterRow }) {
  const { t } = useTranslation('letters');
  const format = useFormat();
  if (sentAt) {
    return (
      <Group gap="xs" wrap="nowrap">
        <StateBadge tone="ok" icon={IconMailCheck} label={t('state.sent')} />
        <Text size="sm" c="dimmed" title={sentByName ?? undefined} style={{ whiteSpace: 'nowrap' }}>
          {format.dateTime(sentAt)}
        </Text>
      </Group>
    );
  }
  return printedAt ? (
    <StateBadge tone="info" icon={IconPrinter} label={t('state.printed')} />
  ) : (
    <StateBadge tone="neutral" label={t('state.made')} />
  );
}

function LetterMenu({ letter, onOpen, onMark }: { letter: LetterRow } & Pick<LetterTableProps, 'onOpen' | 'onMark'>) {
  const { t } = useTranslation('letters');
  const mayMark = useMay('letters.markSent');
  const save = () => void saveFile(storedVersion(letter.version.id)).catch(showError);
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {mayMark && !letter.sentAt && (
        <Button size="compact-xs" variant="default" onClick={() => onMark(letter, 'sent')}>
          {t('acts.markSent')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('acts.menu', { no: letter.id })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen(letter)}>{t('acts.open')}</Menu.Item>
          <Menu.Item onClick={save}>{t('acts.save')}</Menu.Item>
          {mayMark && !letter.printedAt && (
            <Menu.Item onClick={() => onMark(letter, 'printed')}>{t('acts.markPrinted')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** Makes a letter and shows it. One wish keeps one request id, so that a second try is no second letter. */
function useMake(record: string, onMade: (letterId: string) => void) {
  const queries = useQueryClient();
  const wish = useRef<{ kind: LetterKind; requestId: string } | null>(null);
  const mutation = useMutation(
    trpc.letters.make.mutationOptions({
      onSuccess: async ({ id }) => {
        wish.current = null;
        await Promise.all([
          queries.invalidateQueries(trpc.letters.pathFilter()),
          queries.invalidateQueries(trpc.documents.pathFilter()),
        ]);
        onMade(id);
      },
      onError: showError,
    }),
  );
  const make = (kind: LetterKind) => {
    if (wish.current?.kind !== kind) wish.current = { kind, requestId: crypto.randomUUID() };
    mutation.mutate({ ...wish.current, record });
  };
  return { make, busy: mutation.isPending };
}

function useMark(): LetterTableProps['onMark'] {
  const { t } = useTranslation('letters');
  const queries = useQueryClient();
  const mutation = useMutation(
    trpc.letters.markSent.mutationOptions({
      onSuccess: (_, { what }) => {
        if (what === 'sent') notifications.show({ message: t('marked'), color: 'green' });
        return queries.invalidateQueries(trpc.letters.pathFilter());
      },
      onError: showError,
    }),
  );
  return ({ id }, what) => mutation.mutate({ id, what });
}
