import { Alert, Button, CopyButton, Group, Modal, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconShieldLock, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { ShortcutLayer } from '../../ui/shortcuts';
import classes from './FirstPassword.module.css';

/** A temporary password as the core hands it out, once. */
export interface IssuedPassword {
  login: string;
  password: string;
  /** Absent of a password that works only once a second person has approved. */
  validUntil?: string;
}

/** Shows a temporary password this one time; closed only by the person's own word that it was handed over. */
export function FirstPassword({ issued, onDone }: { issued: IssuedPassword | null; onDone: () => void }) {
  const { t } = useTranslation(['staff', 'ui']);
  const format = useFormat();
  return (
    <Modal
      opened={issued !== null}
      onClose={onDone}
      title={t('password.title')}
      size="34rem"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <ShortcutLayer>
        <Alert icon={<IconShieldLock size={18} aria-hidden />} mb="md">
          {t('password.intro')}
        </Alert>
        {issued && !issued.validUntil && (
          <Alert color="yellow" icon={<IconUsersGroup size={18} aria-hidden />} mb="md">
            {t('password.afterApproval')}
          </Alert>
        )}
        {issued && (
          <>
            <KeyValue
              items={[
                { label: t('password.login'), value: issued.login },
                { label: t('password.password'), value: <code className={classes.password}>{issued.password}</code> },
              ]}
            />
            <Text size="xs" c="dimmed" mt="xs">
              {issued.validUntil
                ? t('password.validUntil', { at: format.dateTime(issued.validUntil) })
                : t('password.validFromApproval')}
            </Text>
            <Group justify="space-between" mt="lg">
              <CopyButton value={issued.password}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                    onClick={copy}
                  >
                    {t(copied ? 'ui:copied' : 'ui:copy')}
                  </Button>
                )}
              </CopyButton>
              <Button onClick={onDone}>{t(issued.validUntil ? 'password.done' : 'password.noted')}</Button>
            </Group>
          </>
        )}
      </ShortcutLayer>
    </Modal>
  );
}
