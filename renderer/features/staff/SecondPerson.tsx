import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ShortcutLayer } from '../../ui/shortcuts';

const SHORTEST_REASON = 5;

interface SecondPersonProps {
  title: string;
  /** What will happen once it is approved. */
  text: string;
  /** What has to be chosen first. */
  children?: ReactNode;
  busy: boolean;
  onAsk: (reason: string) => void;
  onClose: () => void;
}

/** Sends to a second person what one administrator may not do alone, with the reason that person will read. */
export function SecondPerson({ title, text, children, busy, onAsk, onClose }: SecondPersonProps) {
  const { t } = useTranslation(['staff', 'ui']);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const ask = () => {
    const short = reason.trim().length < SHORTEST_REASON;
    setMissing(short);
    if (!short) onAsk(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <ShortcutLayer>
        <Stack gap="md">
          {children}
          <Alert variant="light" color="gray" icon={<IconUsersGroup size={18} aria-hidden />}>
            {text}
          </Alert>
          <Textarea
            label={t('staff:second.reason')}
            description={t('staff:second.reasonHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1000}
            required
            data-autofocus
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setMissing(false);
            }}
            error={missing && t('staff:second.reasonMissing')}
          />
          <Group justify="space-between">
            <Button loading={busy} onClick={ask}>
              {t('staff:second.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
          </Group>
        </Stack>
      </ShortcutLayer>
    </Modal>
  );
}
