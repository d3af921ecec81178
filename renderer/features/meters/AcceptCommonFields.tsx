import { Button, Checkbox, Group, Input, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type MeterForm, OWNER_KINDS } from '../../../shared/contract/meters';
import { DayField } from '../../ui/DayField';
import { type AcceptCommon, BLANK_TYPE, type NewType } from './acceptCommon';
import { MarkFields, type TypedMark } from './MarkFields';
import { useTypeLabel } from './useTypeLabel';

interface AcceptCommonFieldsProps {
  form: MeterForm;
  common: AcceptCommon;
  onCommon: (common: AcceptCommon) => void;
  mark: TypedMark;
  onMark: (mark: TypedMark) => void;
  acceptedOn: string;
  onAcceptedOn: (day: string) => void;
  /** Whether something was scanned already: then what is missing is said. */
  tried: boolean;
}

/** What the meters have in common: type, owner, day, place, and the mark, which may change from one to the next. */
export function AcceptCommonFields(props: AcceptCommonFieldsProps) {
  const { form, common, onCommon, mark, onMark, acceptedOn, onAcceptedOn, tried } = props;
  const { t } = useTranslation('meters');
  const set = (change: Partial<AcceptCommon>) => onCommon({ ...common, ...change });
  return (
    <Stack gap="sm">
      <TypeField {...props} set={set} />
      <Input.Wrapper label={t('record.owner')} labelElement="div" labelProps={{ id: 'accept-owner' }}>
        <SegmentedControl
          fullWidth
          aria-labelledby="accept-owner"
          data={OWNER_KINDS.map((value) => ({ value, label: t(`ownerKind.${value}`) }))}
          value={common.ownerKind}
          onChange={(ownerKind) => set({ ownerKind })}
        />
      </Input.Wrapper>
      <Group grow align="flex-start">
        <DayField
          label={t('record.acceptedOn')}
          required
          value={acceptedOn}
          onChange={onAcceptedOn}
          maxDate={form.today}
          {...(tried && !acceptedOn && { error: t('required') })}
        />
        <TextInput
          label={t('record.stockPlace')}
          value={common.stockPlace}
          maxLength={100}
          onChange={(event) => set({ stockPlace: event.currentTarget.value })}
        />
      </Group>
      <MarkFields mark={mark} onChange={onMark} rules={form.rules} readOn={acceptedOn} wide />
      <Checkbox
        label={t('accept.withRadio')}
        description={t('accept.withRadioHint')}
        checked={common.withRadio}
        onChange={(event) => set({ withRadio: event.currentTarget.checked })}
      />
    </Stack>
  );
}

interface TypeFieldProps {
  form: MeterForm;
  common: AcceptCommon;
  set: (change: Partial<AcceptCommon>) => void;
  tried: boolean;
}

/** A type chosen from those known, or described. */
function TypeField({ form, common, set, tried }: TypeFieldProps) {
  const { t } = useTranslation('meters');
  const typeLabel = useTypeLabel();
  const types = useMemo(
    () => form.types.map((type) => ({ value: type.id, label: typeLabel(type) })),
    [form, typeLabel],
  );
  if (common.newType) return <NewTypeFields type={common.newType} set={set} />;
  return (
    <Stack gap={4}>
      <Select
        label={t('accept.type')}
        required
        placeholder={t('accept.typePlaceholder')}
        data={types}
        value={common.typeId || null}
        onChange={(typeId) => set({ typeId: typeId ?? '' })}
        searchable
        error={tried && !common.typeId && t('required')}
      />
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => set({ newType: BLANK_TYPE })}>
          {t('accept.newType')}
        </Button>
      </Group>
    </Stack>
  );
}

function NewTypeFields({ type, set }: { type: NewType; set: TypeFieldProps['set'] }) {
  const { t } = useTranslation('meters');
  const field = (name: keyof NewType, more: { required?: boolean; inputMode?: 'numeric' | 'decimal' } = {}) => (
    <TextInput
      label={t(`accept.${name}`)}
      value={type[name]}
      maxLength={80}
      autoComplete="off"
      onChange={(event) => set({ newType: { ...type, [name]: event.currentTarget.value } })}
      {...more}
    />
  );
  return (
    <Stack gap="xs">
      <Group grow align="flex-start">
        {field('maker', { required: true })}
        {field('model', { required: true })}
      </Group>
      <Group grow align="flex-start">
        {field('dn', { required: true, inputMode: 'numeric' })}
        {field('q3', { required: true, inputMode: 'decimal' })}
      </Group>
      <Group grow align="flex-start">
        {field('r', { inputMode: 'numeric' })}
        {field('digits', { required: true, inputMode: 'numeric' })}
      </Group>
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => set({ newType: null })}>
          {t('accept.knownType')}
        </Button>
      </Group>
    </Stack>
  );
}
