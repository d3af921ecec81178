import { Alert, Button, Group, Loader, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBarcode } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundMeter } from '../../../shared/contract/exchanges';
import { useScanner } from '../../app/desktop/scanner';
import { client } from '../../app/trpc';
import { showError } from '../../ui/showError';

interface MeterScanProps {
  onFound: (meter: FoundMeter) => void;
  error: string | null;
}

/**
 * Finds the meter to put in by scanner or hand: its id, factory number or radio module. Factory numbers are not unique, so
 * several are offered by what tells them apart.
 */
export function MeterScan({ onFound, error }: MeterScanProps) {
  const { t } = useTranslation('exchanges');
  const [text, setText] = useState('');
  const find = useMutation({
    mutationFn: (typed: string) => client.exchanges.findMeter.query({ text: typed }),
    onSuccess: ({ meters }) => {
      const [only] = meters;
      if (only && meters.length === 1) onFound(only);
    },
    onError: showError,
  });
  const look = (typed: string) => {
    if (typed.trim() !== '') find.mutate(typed.trim());
  };
  useScanner((code) => {
    setText(code);
    look(code);
  });
  const meters = find.data?.meters ?? [];
  const nothing = find.isSuccess && meters.length === 0;
  return (
    <>
      <TextInput
        label={t('fresh.scan')}
        description={t('fresh.scanHint')}
        required
        leftSection={<IconBarcode size={18} stroke={1.75} aria-hidden />}
        rightSection={find.isPending ? <Loader size="xs" /> : null}
        autoComplete="off"
        maxLength={60}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          look(text);
        }}
        onBlur={() => text !== '' && !find.isSuccess && look(text)}
        error={nothing ? t('fresh.nothing') : error}
      />
      {meters.length > 1 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs" title={t('fresh.several')}>
          <Group gap="xs">
            {meters.map((meter) => (
              <Button key={meter.meterId} size="xs" variant="default" onClick={() => onFound(meter)}>
                {`${meter.meterId} · ${meter.type} · ${t(`status.${meter.status}`)}`}
              </Button>
            ))}
          </Group>
        </Alert>
      )}
    </>
  );
}
