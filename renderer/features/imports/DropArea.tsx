import '@mantine/dropzone/styles.css';
import { Alert, Button, Loader, Stack, Text, Title } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileImport, IconTableOptions } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SLOT_BYTES } from '../../../shared/bridge';
import type { CheckImportInput } from '../../../shared/contract/imports';
import { host } from '../../app/host';
import { useSession } from '../../app/session';
import { errorShape } from '../../ui/errorShape';
import { useShortcut } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import classes from './imports.module.css';
import { MapColumns } from './MapColumns';

interface DropAreaProps {
  /** The bytes wait in this slot of the core. */
  onSlot: (slot: string) => void;
  /** A file with other names for its columns, once the person has said what they are. */
  onMapped: (input: CheckImportInput) => void;
  checking: boolean;
  error: unknown;
}

/** Where a file comes in: dropped, or chosen in the host's own dialog. */
export function DropArea({ onSlot, onMapped, checking, error }: DropAreaProps) {
  const { t } = useTranslation('imports');
  const technician = useSession().user.group === 'bok_technician';
  const [refused, setRefused] = useState(false);
  const [mapped, setMapped] = useState<string | null>(null);
  const waiting = waitingKey(error);

  async function take(file: Promise<{ slot: string } | null>) {
    setRefused(false);
    try {
      const slot = await file;
      if (slot) onSlot(slot.slot);
    } catch (fault) {
      showError(fault);
    }
  }
  const choose = () => void take(host.pickFile('csv'));
  const drop = async (file: File) => host.putFile(file.name, new Uint8Array(await file.arrayBuffer()));
  useShortcut('Ctrl+O', t('choose.act'), choose, { enabled: !checking });

  if (checking) {
    return (
      <Stack className={classes.drop} align="center" gap="xs" role="status">
        <Loader size="sm" aria-hidden />
        <Text fw={600}>{t('choose.checking')}</Text>
        <Text c="dimmed">{t('choose.checkingHint')}</Text>
      </Stack>
    );
  }
  if (waiting !== null && mapped === waiting) {
    return (
      <Stack gap="sm">
        <MapColumns importKey={waiting} onMapped={onMapped} onCancel={() => setMapped(null)} />
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      {errorShape(error).code === 'IMPORT_WRONG_COLUMNS' && (
        <WrongColumns error={error} {...(waiting ? { onMap: () => setMapped(waiting) } : {})} />
      )}
      {refused && <Alert color="red">{t('choose.notCsv')}</Alert>}
      <Dropzone
        className={classes.drop ?? ''}
        accept={{ 'text/csv': ['.csv'], 'application/vnd.ms-excel': ['.csv'], 'text/plain': ['.csv', '.txt'] }}
        maxSize={MAX_SLOT_BYTES}
        multiple={false}
        enablePointerEvents
        activateOnClick={false}
        activateOnKeyboard={false}
        onDrop={([file]) => file && void take(drop(file))}
        onReject={() => setRefused(true)}
        tabIndex={-1}
      >
        <Stack align="center" gap="xs" ta="center">
          <IconFileImport size={36} stroke={1.5} color="var(--mantine-color-dimmed)" aria-hidden />
          <Title order={2} size="h4">
            {t('choose.title')}
          </Title>
          <Text c="dimmed" maw="36rem">
            {t('choose.text')} {technician ? t('choose.orderTechnician') : t('choose.order')}
          </Text>
          <Button mt="xs" onClick={choose}>
            {t('choose.act')}
          </Button>
        </Stack>
      </Dropzone>
    </Stack>
  );
}

/** The columns that do not fit, by name. */
function WrongColumns({ error, onMap }: { error: unknown; onMap?: () => void }) {
  const { t } = useTranslation('imports');
  const { details } = errorShape(error);
  return (
    <Alert color="red" icon={<IconTableOptions size={18} aria-hidden />} title={t('wrongColumns.title')} role="alert">
      {(['missing', 'unknown', 'duplicate'] as const).map(
        (kind) => details[kind] && <div key={kind}>{t(`wrongColumns.${kind}`, { names: details[kind] })}</div>,
      )}
      {onMap && (
        <Button mt="sm" size="xs" variant="default" onClick={onMap}>
          {t('mapping.open')}
        </Button>
      )}
    </Alert>
  );
}

/** Under which key the core keeps the refused file for a mapping. */
function waitingKey(error: unknown): string | null {
  const { code, details } = errorShape(error);
  return code === 'IMPORT_WRONG_COLUMNS' && details.importKey ? String(details.importKey) : null;
}
