import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount, Selection } from '../../../shared/contract/lists';
import { useDraft } from '../../ui/drafts';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { ChosenWords } from '../../ui/list/SelectionBar';
import type { Chosen } from '../../ui/list/selection';
import { ShortcutLayer } from '../../ui/shortcuts';
import { BulkFields } from './BulkFields';
import { BulkResult } from './BulkResult';
import { type BulkDraft, type BulkKind, bulkActOf, EMPTY_BULK } from './bulkDraft';
import { useBulk } from './useBulk';

interface BulkDrawerProps {
  kind: BulkKind;
  selection: Selection;
  chosen: Chosen;
  total: ListCount | undefined;
  onClose: (ran: boolean) => void;
}

/** One act over many customers, in three steps: what, how many exactly, what came of it. */
export function BulkDrawer({ kind, selection, chosen, total, onClose }: BulkDrawerProps) {
  const { t } = useTranslation('lists');
  const { t: ui } = useTranslation('ui');
  const { t: customers } = useTranslation('customers');
  const format = useFormat();
  // What was chosen when the drawer opened: an act that narrows its own list must not change its own subject.
  const [subject] = useState({ selection, chosen, total });
  const bulk = useBulk(subject.selection);
  const [draft, setDraft] = useState<BulkDraft>(EMPTY_BULK);
  const [confirming, setConfirming] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(EMPTY_BULK);
  const kept = useDraft(`customers.bulk.${kind}`, draft, { dirty, onRestore: setDraft });
  const act = bulkActOf(kind, draft);
  const { record, count } = bulk;
  const running = record?.state === 'running';
  const { settle } = bulk;
  const state = record?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the act comes to another state
  useEffect(() => {
    if (state) void kept.discard();
    if (state && state !== 'running') settle();
  }, [state]);

  const giveUp = () => void kept.discard().then(() => onClose(false));
  const title = kind === 'addTask' ? t('bulk.addTask') : t(`bulk.setField.${kind}`);
  function sentence(confirmed: number): string {
    const counted = { count: confirmed, formatted: format.count(confirmed) };
    if (act?.is === 'addTask') return t('bulk.confirmTask', { ...counted, title: act.title });
    const to = act?.is === 'setField' ? act.to : null;
    const value =
      to === null ? t('edit.nothing') : kind === 'preferredContact' ? customers(`list.contact.${to as 'phone'}`) : to;
    return t('bulk.confirmField', { ...counted, act: customers(`list.column.${kind as 'officeNote'}`), value });
  }
  if (!kept.ready) return null;
  return (
    <Drawer
      opened
      position="right"
      size="30rem"
      title={title}
      styles={{ title: { fontWeight: 650 } }}
      onClose={() => !running && onClose(record !== undefined)}
      closeOnClickOutside={!running && record === undefined && !confirming}
      withCloseButton={!running}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <ShortcutLayer>
        {record ? (
          <BulkResult
            record={record}
            stopping={bulk.stopping}
            undoing={bulk.undoing}
            undone={bulk.undone}
            onStop={bulk.stop}
            onResume={bulk.resume}
            onUndo={bulk.undo}
            onClose={() => onClose(true)}
          />
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              if (!act || !count) return;
              if (confirming) bulk.start(act, count);
              else setConfirming(true);
            }}
          >
            <Stack gap="md">
              <Text c="dimmed">
                <ChosenWords chosen={subject.chosen} total={subject.total} />
              </Text>
              {kept.restoredAt && !confirming && (
                <Text size="xs">{ui('drawer.restored', { at: format.dateTime(kept.restoredAt) })}</Text>
              )}
              {bulk.countError && <ErrorState error={bulk.countError} />}
              {confirming && act && count !== undefined ? (
                <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('bulk.confirmTitle')}>
                  <Text fw={600}>{sentence(count)}</Text>
                  <Text size="xs" mt={4}>
                    {t('bulk.confirmHint')}
                  </Text>
                </Alert>
              ) : (
                <BulkFields kind={kind} draft={draft} onDraft={setDraft} />
              )}
              <Group justify="flex-end" gap="xs">
                <Button
                  variant="default"
                  // Where Enter lands by itself is the way back, never the act.
                  data-autofocus={confirming || undefined}
                  key={confirming ? 'back' : 'cancel'}
                  ref={confirming ? focusOn : undefined}
                  onClick={() => (confirming ? setConfirming(false) : giveUp())}
                >
                  {ui(confirming ? 'back' : 'cancel')}
                </Button>
                <Button type="submit" loading={bulk.starting} disabled={!act || !count}>
                  {count === undefined
                    ? t('bulk.counting')
                    : confirming
                      ? t('bulk.confirm', { count, formatted: format.count(count) })
                      : t('bulk.next')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </ShortcutLayer>
    </Drawer>
  );
}

function focusOn(button: HTMLButtonElement | null): void {
  button?.focus();
}
