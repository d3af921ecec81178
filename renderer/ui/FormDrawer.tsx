import { Alert, Button, Drawer, Group, Text } from '@mantine/core';
import { IconHistory, IconPencilExclamation, IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FormDrawer.module.css';
import { useFormat } from './format';
import { SaveKey } from './SaveKey';
import { ShortcutLayer } from './shortcuts';

interface FormDrawerProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** Ctrl+S, Enter in a one-line field, and the Save button. */
  onSubmit: () => void;
  /** Leaves the drawer; a draft stays. */
  onClose: () => void;
  /** Throws the changes and the draft away and leaves the drawer. */
  onDiscard: () => void;
  /** Whether there is something to lose. */
  dirty: boolean;
  saving: boolean;
  saveLabel?: string;
  /** A form with something beside it takes more room. */
  size?: string | undefined;
  /** The last save got no answer: said above the fields, with the promise that nothing typed is gone. */
  connectionLost?: boolean;
  /** When the draft was last kept, and when the restored one was. */
  draftSavedAt?: Date | null;
  draftRestoredAt?: Date | null;
}

/** A form beside the record. Esc and the cross never destroy: with unsaved changes they ask in place. */
export function FormDrawer(props: FormDrawerProps) {
  const { opened, title, children, onSubmit, onClose, onDiscard, dirty, saving } = props;
  const { t } = useTranslation('ui');
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  /** Where the person was when the question came up. */
  const field = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!opened || !dirty) setAsking(false);
  }, [opened, dirty]);

  // The question takes room from the fields: the one just typed in stays in sight beside it.
  useEffect(() => {
    if (asking) field.current?.scrollIntoView({ block: 'nearest' });
  }, [asking]);

  const leave = () => {
    if (!dirty) return onClose();
    field.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setAsking(true);
  };
  const stay = () => {
    setAsking(false);
    field.current?.focus();
  };
  return (
    <Drawer
      opened={opened}
      onClose={asking ? stay : leave}
      title={title}
      position="right"
      size={props.size ?? '30rem'}
      closeOnClickOutside={!dirty}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
    >
      <ShortcutLayer>
        <SaveKey onSave={onSubmit} enabled={!saving} />
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          <div className={classes.fields}>
            {props.draftRestoredAt && (
              <Alert variant="light" icon={<IconHistory size={18} aria-hidden />} mb="md" p="xs">
                {t('drawer.restored', { at: format.dateTime(props.draftRestoredAt) })}
              </Alert>
            )}
            {props.connectionLost && (
              <Alert role="alert" color="red" icon={<IconPlugConnectedX size={18} aria-hidden />} mb="md" p="xs">
                {t('drawer.connectionLost')}
              </Alert>
            )}
            {children}
          </div>
          <footer className={classes.footer}>
            {asking ? (
              <Alert role="alertdialog" aria-label={t('drawer.unsaved')} color="yellow" p="xs">
                <Group gap="xs" wrap="nowrap">
                  <IconPencilExclamation size={18} aria-hidden />
                  <Text fw={600}>{t('drawer.unsaved')}</Text>
                </Group>
                <Text size="xs">{t('drawer.unsavedHint')}</Text>
                <Group gap="xs" mt="xs">
                  <Button size="xs" data-autofocus onClick={stay} ref={(button) => button?.focus()}>
                    {t('drawer.keepEditing')}
                  </Button>
                  <Button size="xs" variant="default" onClick={onClose}>
                    {t('drawer.leaveDraft')}
                  </Button>
                  <Button size="xs" variant="subtle" color="red" onClick={onDiscard}>
                    {t('drawer.discard')}
                  </Button>
                </Group>
              </Alert>
            ) : (
              <Group justify="space-between" wrap="wrap" gap="xs">
                <Text size="xs" c="dimmed" aria-live="polite" className={classes.draft}>
                  {dirty && props.draftSavedAt ? t('drawer.draftSaved', { at: format.time(props.draftSavedAt) }) : ''}
                </Text>
                <Group gap="xs">
                  <Button variant="default" onClick={dirty ? onDiscard : onClose} disabled={saving}>
                    {dirty ? t('drawer.discard') : t('cancel')}
                  </Button>
                  <Button type="submit" loading={saving} title={t('drawer.saveHint')}>
                    {props.saveLabel ?? t('save')}
                  </Button>
                </Group>
              </Group>
            )}
          </footer>
        </form>
      </ShortcutLayer>
    </Drawer>
  );
}
