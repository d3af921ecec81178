import { ActionIcon, Button, Group, Menu, Modal, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconFileSpreadsheet, IconFileTypeCsv, IconPrinter, IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExportProgress } from '../../../shared/contract/lists';
import { useFormat } from '../format';
import { ShortcutLayer, useShortcut } from '../shortcuts';
import { errorSentence } from '../showError';

/** Taking a list out of the program. */
export interface ExportPort {
  /** The one under way, or the last one until it is put away. */
  progress: ExportProgress | null;
  cancelling: boolean;
  start: (format: 'xlsx' | 'csv') => void;
  cancel: () => void;
  /** Hands the finished file over once more: the first dialog may have been dismissed. */
  save: () => void;
  close: () => void;
}

interface ExportMenuProps {
  port: ExportPort | undefined;
  onPrint: () => void;
  /** Only the chosen rows go out. */
  chosenOnly: boolean;
}

/** File and paper. */
export function ExportMenu({ port, onPrint, chosenOnly }: ExportMenuProps) {
  const { t } = useTranslation('lists');
  useShortcut('Ctrl+P', t('print.title'), onPrint, { first: true });
  return (
    <>
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <Tooltip label={t('export.title')}>
            <ActionIcon variant="default" size="input-sm" aria-label={t('export.title')}>
              <IconTableExport size={18} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('export.title')}>
          {port && chosenOnly && <Menu.Label>{t('export.chosenOnly')}</Menu.Label>}
          {port && (
            <Menu.Item leftSection={<IconFileSpreadsheet size={16} aria-hidden />} onClick={() => port.start('xlsx')}>
              {t('export.xlsx')}
            </Menu.Item>
          )}
          {port && (
            <Menu.Item leftSection={<IconFileTypeCsv size={16} aria-hidden />} onClick={() => port.start('csv')}>
              {t('export.csv')}
            </Menu.Item>
          )}
          {port && <Menu.Divider />}
          <Menu.Item
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={
              <Text size="xs" c="dimmed">
                Ctrl P
              </Text>
            }
            onClick={onPrint}
          >
            {t('print.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {port?.progress && <ExportDialog port={port} progress={port.progress} />}
    </>
  );
}

function ExportDialog({ port, progress }: { port: ExportPort; progress: ExportProgress }) {
  const { t } = useTranslation('lists');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const { state, rows, total, file, error } = progress;
  const running = state === 'running';
  const words =
    total === null
      ? t('export.rows', { rows: format.count(rows) })
      : t('export.rowsOf', { rows: format.count(rows), total: format.count(total) });
  return (
    <Modal
      opened
      onClose={running ? port.cancel : port.close}
      closeOnClickOutside={!running}
      title={t('export.title')}
      closeButtonProps={{ 'aria-label': ui(running ? 'cancel' : 'close') }}
    >
      <ShortcutLayer>
        <Stack gap="sm">
          {running && (
            <Progress.Root size="lg">
              <Progress.Section
                value={total ? (100 * rows) / total : 0}
                aria-label={t('export.title')}
                aria-valuetext={words}
              />
            </Progress.Root>
          )}
          <Text role="status">
            {running && words}
            {state === 'done' && t('export.done', { count: rows, formatted: format.count(rows) })}
            {state === 'cancelled' && t('export.cancelled')}
            {state === 'failed' && (error ? errorSentence({ data: { app: { code: error } } }) : t('export.failed'))}
          </Text>
          {state === 'done' && (
            <Text size="xs" c="dimmed">
              {t('export.logged')}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            {running ? (
              <Button variant="default" loading={port.cancelling} onClick={port.cancel}>
                {ui('cancel')}
              </Button>
            ) : (
              <>
                {file && (
                  <Button variant="default" onClick={port.save}>
                    {t('export.save')}
                  </Button>
                )}
                <Button onClick={port.close} data-autofocus>
                  {ui('close')}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </ShortcutLayer>
    </Modal>
  );
}
