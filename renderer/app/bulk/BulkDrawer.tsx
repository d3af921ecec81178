import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkAct, ListCount, Selection } from '../../../shared/contract/lists';
import { useDraft } from '../../ui/drafts';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { ChosenWords } from '../../ui/list/SelectionBar';
import type { Chosen } from '../../ui/list/selection';
import { ShortcutLayer } from '../../ui/shortcuts';
import { BulkResult } from './BulkResult';
import { useBulk } from './useBulk';

/** What a list hands to an act over its chosen rows. */
export interface BulkSubject {
  selection: Selection;
  chosen: Chosen;
  total: ListCount | undefined;
}

/** How many rows an act is about, as sentences take it. */
export interface Counted {
  count: number;
  formatted: string;
}

interface BulkDrawerProps<Draft extends object> extends BulkSubject {
  title: string;
  list: BulkAct['list'];
  draftId: string;
  /** The form as nobody has filled it in yet. */
  empty: Draft;
  fields: (draft: Draft, onDraft: (draft: Draft) => void) => ReactNode;
  /** The act a filled form asks for; null while something is missing. */
  actOf: (draft: Draft) => BulkAct | null;
  /** What the person confirms, how it can be taken back, and the word on the button. */
  sentence: (draft: Draft, counted: Counted) => string;
  hint: string;
  confirm: (counted: Counted) => string;
  /** `ran`: the act was begun and its receipt put away. */
  onClose: (ran: boolean) => void;
}

/** One act over many rows, in three steps: what, how many exactly, what came of it. */
export function BulkDrawer<Draft extends object>(props: BulkDrawerProps<Draft>) {
  const { title, list, selection, chosen, total, draftId, empty, onClose } = props;
  const { t } = useTranslation('lists');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  // What was chosen when the drawer opened: an act that narrows its own list must not change its own subject.
  const [subject] = useState({ selection, chosen, total });
  const bulk = useBulk(list, subject.selection);
  const [draft, setDraft] = useState<Draft>(empty);
  const [confirming, setConfirming] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(empty);
  const kept = useDraft(draftId, draft, { dirty, onRestore: setDraft });
  const act = props.actOf(draft);
  const { record, count, settle } = bulk;
  const running = record?.state === 'running';
  const state = record?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the act comes to another state
  useEffect(() => {
    if (state) void kept.discard();
    if (state && state !== 'running') settle();
  }, [state]);

  const giveUp = () => void kept.discard().then(() => onClose(false));
  const counted = { count: count ?? 0, formatted: format.count(count ?? 0) };
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
                  <Text fw={600}>{props.sentence(draft, counted)}</Text>
                  <Text size="xs" mt={4}>
                    {props.hint}
                  </Text>
                </Alert>
              ) : (
                props.fields(draft, setDraft)
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
                  {count === undefined ? t('bulk.counting') : confirming ? props.confirm(counted) : t('bulk.next')}
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
