import { Alert, Button, Group, Modal, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ShortcutLayer } from './shortcuts';

interface ConfirmDangerProps {
  opened: boolean;
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  confirmLabel: string;
  onConfirm: () => void;
  onClose: () => void;
  busy?: boolean;
  /** A word the person has to type for what cannot be undone. */
  typed?: string;
}

/** Asks before something that cannot simply be taken back. Focus starts on Cancel, never on the act. */
export function ConfirmDanger(props: ConfirmDangerProps) {
  const { opened, title, children, confirmLabel, onConfirm, onClose, busy = false, typed } = props;
  const { t } = useTranslation('ui');
  const [word, setWord] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening asks anew
  useEffect(() => setWord(''), [opened]);
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <ShortcutLayer>
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {children}
        </Alert>
        {typed && (
          <TextInput
            mt="md"
            label={t('confirm.typeToConfirm', { word: typed })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <Group justify="space-between" mt="lg">
          <Button color="red" loading={busy} disabled={typed !== undefined && word !== typed} onClick={onConfirm}>
            {confirmLabel}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
        </Group>
      </ShortcutLayer>
    </Modal>
  );
}
