import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBarcode } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOrder } from '../../../shared/contract/orders';
import { useScanner } from '../../app/desktop/scanner';
import { findScanned } from './deskScan';

interface ScanFieldProps {
  orders: readonly DeskOrder[];
  field: RefObject<HTMLInputElement | null>;
  onFound: (order: DeskOrder) => void;
}

/** Jumps to the order of the meter whose number is scanned, here or anywhere outside of a field, or typed with Enter. */
export function ScanField({ orders, field, onFound }: ScanFieldProps) {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const [missed, setMissed] = useState(false);
  function look(code: string): void {
    const found = findScanned(orders, code);
    if (typeof found === 'string') {
      setMissed(true);
      setText(code);
      field.current?.select();
      const message = t(found === 'none' ? 'desk.scanNone' : 'desk.scanMany', { code });
      notifications.show({ color: 'yellow', role: 'alert', message });
      return;
    }
    setText('');
    setMissed(false);
    onFound(found.order);
  }
  useScanner(look);
  return (
    <TextInput
      ref={field}
      aria-label={t('desk.scan')}
      placeholder={t('desk.scan')}
      title={t('desk.scanHint')}
      leftSection={<IconBarcode size={16} stroke={1.75} aria-hidden />}
      w="14rem"
      autoComplete="off"
      maxLength={60}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setMissed(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text.trim() === '') return;
        event.preventDefault();
        look(text.trim());
      }}
      error={missed}
    />
  );
}
