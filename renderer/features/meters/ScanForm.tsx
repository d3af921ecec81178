import { Alert, Group, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBarcode, IconRadio } from '@tabler/icons-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AcceptedMeter } from './useAccept';

interface ScanFormProps {
  firstField: RefObject<HTMLInputElement | null>;
  withRadio: boolean;
  /** Accepted on this screen: the same number again is asked about, since a scanner easily reads a label twice. */
  recent: readonly AcceptedMeter[];
  /** Returns whether the meter was taken; else what was scanned stays in the field. */
  onScan: (factoryNo: string, radioId: string | null) => boolean;
  /** Why nothing can be accepted now. */
  refusal: string | null;
}

const keyOf = (factoryNo: string) => factoryNo.replace(/[^0-9A-Za-z]/g, '').toLowerCase();

/** The scanner's field: it types a number and presses Enter, and the field is ready for the next one at once. */
export function ScanForm({ firstField, withRadio, recent, onScan, refusal }: ScanFormProps) {
  const { t } = useTranslation('meters');
  const [factoryNo, setFactoryNo] = useState('');
  const [radioId, setRadioId] = useState('');
  const [confirmed, setConfirmed] = useState('');
  const radioField = useRef<HTMLInputElement>(null);
  const typed = factoryNo.trim();
  const again =
    typed !== '' &&
    recent.some((row) => keyOf(row.factoryNo) === keyOf(typed) && (row.state === 'ok' || row.state === 'saving'));
  const [asked, setAsked] = useState('');

  function take() {
    if (typed === '') return firstField.current?.focus();
    if (withRadio && radioId.trim() === '') return radioField.current?.focus();
    // Once more Enter on the same number, with the question in sight, is the answer yes.
    if (again && confirmed !== typed) {
      setAsked(typed);
      setConfirmed(typed);
      return firstField.current?.select();
    }
    if (!onScan(typed, withRadio ? radioId.trim() || null : null)) return;
    setFactoryNo('');
    setRadioId('');
    setAsked('');
    setConfirmed('');
    firstField.current?.focus();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <Group grow align="flex-start">
        <TextInput
          ref={firstField}
          label={t('accept.factoryNo')}
          description={t('accept.factoryHint')}
          size="md"
          leftSection={<IconBarcode size={20} aria-hidden />}
          value={factoryNo}
          onChange={(event) => setFactoryNo(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          autoFocus
          error={refusal}
        />
        {withRadio && (
          <TextInput
            ref={radioField}
            label={t('accept.radioId')}
            description={t('accept.factoryHint')}
            size="md"
            leftSection={<IconRadio size={20} aria-hidden />}
            value={radioId}
            onChange={(event) => setRadioId(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={16}
          />
        )}
      </Group>
      {asked !== '' && asked === typed && (
        <Alert role="alert" color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} mt="sm" p="xs">
          {t('accept.again', { factoryNo: typed })}
        </Alert>
      )}
      {/* Enter in the last of several fields submits only where there is a button. */}
      <button type="submit" hidden aria-hidden tabIndex={-1} />
    </form>
  );
}
