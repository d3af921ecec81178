import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../drafts';
import { SaveKey } from '../SaveKey';
import { ShortcutLayer } from '../shortcuts';

/** What a saved view is called, and whether the whole office sees it. */
export interface NamedView {
  name: string;
  shared: boolean;
}

interface NameViewProps {
  /** Place of what was typed, on this workstation. */
  draftId: string;
  title: string;
  initial: NamedView;
  busy: boolean;
  /** Answers whether it was stored. */
  onSave: (named: NamedView) => Promise<boolean>;
  onClose: () => void;
}

/** Asks for the name of a view and who sees it. */
export function NameView({ draftId, title, initial, busy, onSave, onClose }: NameViewProps) {
  const { t } = useTranslation('lists');
  const { t: ui } = useTranslation('ui');
  const [name, setName] = useState(initial.name);
  const [shared, setShared] = useState(initial.shared);
  const ready = name.trim() !== '' && !busy;
  const dirty = name !== initial.name || shared !== initial.shared;
  const draft = useDraft(
    draftId,
    { name, shared },
    {
      dirty,
      onRestore: (kept) => {
        // The question is there at once, for hands that type on: what they typed meanwhile stays.
        if (dirty) return;
        setName(kept.name);
        setShared(kept.shared);
      },
    },
  );
  const store = async () => {
    if (ready && (await onSave({ name: name.trim(), shared }))) await draft.discard();
  };
  const save = () => void store();
  const leave = () => void draft.discard().then(onClose);
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    save();
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': ui('close') }}>
      <ShortcutLayer>
        <SaveKey onSave={save} enabled={ready} />
        <form onSubmit={submit} noValidate>
          <Stack gap="sm">
            <TextInput
              data-autofocus
              label={t('view.name')}
              maxLength={60}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox
              label={t('view.share')}
              description={t('view.shareHint')}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={leave}>
                {ui('cancel')}
              </Button>
              <Button type="submit" loading={busy} disabled={!ready}>
                {ui('save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </ShortcutLayer>
    </Modal>
  );
}
