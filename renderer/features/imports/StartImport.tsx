import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedImport, ImportMode } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';

interface StartImportProps {
  checked: CheckedImport;
  starting: boolean;
  onStart: (mode: ImportMode) => void;
}

/** The choice between all and the good rows, and the counted question before anything is written. */
export function StartImport({ checked, starting, onStart }: StartImportProps) {
  const { t } = useTranslation('imports');
  const { create, update, refused } = checked.verdicts;
  const [mode, setMode] = useState<ImportMode>(refused === 0 ? 'all' : 'good');
  const [asking, setAsking] = useState(false);
  if (create + update === 0) return <Text c="dimmed">{t('nothing')}</Text>;
  return (
    <Stack gap="sm">
      <Radio.Group label={t('mode.title')} value={mode} onChange={(value) => setMode(value as ImportMode)}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="all"
            disabled={refused > 0}
            label={t('mode.all')}
            description={refused > 0 ? t('mode.allRefused') : t('mode.allHint')}
          />
          <Radio value="good" label={t('mode.good')} description={t('mode.goodHint')} />
        </Stack>
      </Radio.Group>
      <Group>
        <Button loading={starting} onClick={() => setAsking(true)}>
          {t('start')}
        </Button>
      </Group>
      <Question
        checked={checked}
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onStart(mode);
        }}
      />
    </Stack>
  );
}

interface QuestionProps {
  checked: CheckedImport;
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

function Question({ checked, opened, onClose, onConfirm }: QuestionProps) {
  const { t } = useTranslation('imports');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const { create, update, same, refused } = checked.verdicts;
  const shown = {
    create: format.count(create),
    update: format.count(update),
    same: format.count(same),
    refused: format.count(refused),
  };
  const written = create + update;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('confirm.title')}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <Stack gap="sm">
        <Text>
          {checked.fileName} · {t(`kind.${checked.kind}`)}
        </Text>
        <Text>{t('confirm.text', shown)}</Text>
        {checked.kind === 'customers' && <Text c="dimmed">{t('confirm.contact')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button onClick={onConfirm}>{t('confirm.act', { count: written, formatted: format.count(written) })}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
