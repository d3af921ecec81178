import { Group, Select, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCertificate, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MarkInput, MeterForm } from '../../../shared/contract/meters';
import { MARK_KINDS, type MarkKind, normalMark, readMark, validUntil } from '../../../shared/domain/legalization';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';

/** A mark while it is typed. */
export interface TypedMark {
  kind: MarkKind;
  raw: string;
  /** `YYYY-MM-DD` or empty. */
  statedUntil: string;
}

export const NO_MARK: TypedMark = { kind: 'm_year', raw: '', statedUntil: '' };

/** What a typed mark means on a day, or why it cannot be; null while there is nothing to read. */
export function reading(rules: MeterForm['rules'], mark: TypedMark, readOn: string) {
  if (mark.raw.trim() === '' || !readOn) return null;
  return readMark(rules, mark.kind, normalMark(mark.raw), readOn);
}

/** The mark as the server takes it. */
export function sentMark({ kind, raw, statedUntil }: TypedMark): MarkInput {
  return { kind, raw: normalMark(raw), statedUntil: statedUntil || null };
}

interface MarkFieldsProps {
  mark: TypedMark;
  onChange: (mark: TypedMark) => void;
  rules: MeterForm['rules'];
  /** The day somebody saw the mark. */
  readOn: string;
  required?: boolean;
  error?: ReactNode;
  /** Fields side by side, where the form is wide. */
  wide?: boolean;
}

/** Kind and text of a mark, with the day it means while it is typed. */
export function MarkFields({ mark, onChange, rules, readOn, required = false, error, wide = false }: MarkFieldsProps) {
  const { t } = useTranslation('meters');
  const set = (change: Partial<TypedMark>) => onChange({ ...mark, ...change });
  const kind = (
    <Select
      label={t('mark.kindField')}
      data={MARK_KINDS.map((value) => ({ value, label: t(`mark.kindLong.${value}`) }))}
      value={mark.kind}
      onChange={(value) => value && set({ kind: value as MarkKind, raw: '' })}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
  const text =
    mark.kind === 'date' ? (
      <DayField
        label={t('mark.day')}
        required={required}
        clearable={!required}
        value={mark.raw}
        onChange={(raw) => set({ raw })}
        error={error}
      />
    ) : (
      <TextInput
        label={t('mark.raw')}
        required={required}
        value={mark.raw}
        onChange={(event) => set({ raw: event.currentTarget.value })}
        autoComplete="off"
        data-autofocus={!wide || undefined}
        maxLength={16}
        error={error}
      />
    );
  const stated = (
    <DayField
      label={t('mark.stated')}
      {...(!wide && { description: t('mark.statedHint') })}
      clearable
      value={mark.statedUntil}
      onChange={(statedUntil) => set({ statedUntil })}
    />
  );
  return (
    <>
      {kind}
      {wide ? (
        <Group grow align="flex-start">
          {text}
          {stated}
        </Group>
      ) : (
        <>
          {text}
          {stated}
        </>
      )}
      <MarkPreview mark={mark} rules={rules} readOn={readOn} />
    </>
  );
}

/** Until when the typed mark is good, said while it is typed; the database decides. Its room is always there. */
function MarkPreview({ mark, rules, readOn }: Pick<MarkFieldsProps, 'mark' | 'rules' | 'readOn'>) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const read = reading(rules, mark, readOn);
  let words = t('mark.waiting');
  let color = 'dimmed';
  let IconOf = IconCertificate;
  if (read && 'refused' in read) {
    words = t(`mark.refused.${read.refused}`);
    color = 'var(--mantine-color-error)';
    IconOf = IconCircleX;
  } else if (read) {
    const stated = mark.statedUntil || null;
    const until = validUntil({ computedUntil: read.until, statedUntil: stated, overrideUntil: null, lostOn: null });
    const differ = stated !== null && stated !== read.until;
    words = t(differ ? 'mark.previewConflict' : 'mark.preview', { until: format.date(until) });
    color = '';
    IconOf = differ ? IconAlertTriangle : IconCertificate;
  }
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" mih="2.75rem" role="status">
      <Text component="span" {...(color && { c: color })} lh={1} mt={2}>
        <IconOf size={16} stroke={1.75} aria-hidden />
      </Text>
      <Text size="sm" {...(color && { c: color })}>
        {words}
      </Text>
    </Group>
  );
}
