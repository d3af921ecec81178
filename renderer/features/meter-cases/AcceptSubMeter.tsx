import { ActionIcon, Button, Fieldset, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CASE_SEAL_KINDS, CASE_SEAL_PLACES } from '../../../shared/contract/meter-cases';
import { MARK_KINDS, type MarkKind, normalMark } from '../../../shared/domain/legalization';
import { useSession } from '../../app/session';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { typedDay } from '../../ui/list/filterDraft';
import { CaseDrawer } from './CaseDrawer';
import { type ChosenMeter, MeterField } from './MeterField';
import { type StepProps, useFieldStaff } from './StepDrawers';
import { useTyped } from './useTyped';

interface Seal {
  sealNo: string;
  kind: (typeof CASE_SEAL_KINDS)[number];
  place: (typeof CASE_SEAL_PLACES)[number];
}

interface Accepted {
  meter: ChosenMeter | null;
  openingValue: string;
  doneOn: string;
  doneBy: string;
  seals: Seal[];
  markKind: MarkKind | null;
  markRaw: string;
}

const FIRST_SEAL: Seal = { sealNo: '', kind: 'plastic', place: 'coupling' };
const MOST_SEALS = 6;

/** What the technician saw and did on the spot: the meter, its register, its seals, and its mark where it is not known. */
export function AcceptSubMeter({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const { t: meters } = useTranslation('meters');
  const { user } = useSession();
  const staff = useFieldStaff();
  const form = useTyped<Accepted>({
    meter: null,
    openingValue: '',
    doneOn: record.today,
    doneBy: user.login,
    seals: [FIRST_SEAL],
    markKind: null,
    markRaw: '',
  });
  const { meter, openingValue, doneOn, doneBy, seals, markKind, markRaw } = form.typed;
  const value = openingValue.trim();
  const wrong = {
    meter: meter === null,
    value: !/^[0-9]{1,9}$/.test(value),
    day: doneOn === '',
    by: doneBy === '',
    mark: markKind !== null && markRaw.trim() === '',
  };
  const sealed = seals.every(({ sealNo }) => sealNo.trim() !== '');
  const setSeal = (index: number, more: Partial<Seal>) =>
    form.set(
      'seals',
      seals.map((seal, at) => (at === index ? { ...seal, ...more } : seal)),
    );
  return (
    <CaseDrawer
      title={t('drawer.accept')}
      saveLabel={t('act.accept')}
      draftId={`meterCases.accept.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(sealed && !Object.values(wrong).some(Boolean))}
      act={(requestId) =>
        client.meterCases.accept.mutate({
          requestId,
          id: record.id,
          meterId: meter?.id ?? '',
          openingValue: value,
          doneOn,
          doneBy,
          seals,
          mark: markKind && { kind: markKind, raw: storedMark(markKind, markRaw) },
        })
      }
      saved={() => t('saved.accept')}
      onClose={onClose}
    >
      <Stack gap="md">
        <MeterField
          value={meter}
          onChange={(chosen) => form.set('meter', chosen)}
          error={form.checked && wrong.meter ? t('form.meterMissing') : null}
        />
        <SimpleGrid cols={2} spacing="md">
          <TextInput
            label={t('form.openingValue')}
            value={openingValue}
            onChange={({ currentTarget }) => form.set('openingValue', currentTarget.value)}
            rightSection="m³"
            inputMode="numeric"
            maxLength={9}
            error={form.checked && wrong.value ? t('form.valueMissing') : null}
            required
          />
          <DayField
            label={t('form.doneOn')}
            value={doneOn}
            minDate={record.placeAgreedOn ?? record.openedOn}
            maxDate={record.today}
            onChange={(day) => form.set('doneOn', day)}
            error={form.checked && wrong.day ? t('form.dayMissing') : null}
            required
          />
        </SimpleGrid>
        <Select
          label={t('form.doneBy')}
          data={staff}
          value={doneBy || null}
          onChange={(login) => form.set('doneBy', login ?? '')}
          comboboxProps={{ withinPortal: false }}
          error={form.checked && wrong.by ? t('form.doneByMissing') : null}
          required
        />
        {seals.map((seal, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a seal has no identity before it is put on
          <Fieldset key={index} legend={t('form.seal', { n: index + 1 })} p="sm">
            <SealFields
              seal={seal}
              onChange={(more) => setSeal(index, more)}
              error={form.checked && !seal.sealNo.trim() ? t('form.sealMissing') : null}
              remove={
                seals.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    mt="1.85rem"
                    aria-label={t('form.removeSeal', { n: index + 1 })}
                    onClick={() =>
                      form.set(
                        'seals',
                        seals.filter((_, at) => at !== index),
                      )
                    }
                  >
                    <IconTrash size={18} aria-hidden />
                  </ActionIcon>
                )
              }
            />
          </Fieldset>
        ))}
        {seals.length < MOST_SEALS && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => form.set('seals', [...seals, FIRST_SEAL])}
            >
              {t('form.addSeal')}
            </Button>
          </Group>
        )}
        <SimpleGrid cols={2} spacing="md">
          <Select
            label={t('form.markKind')}
            description={t('form.markHint')}
            placeholder={t('form.markNone')}
            data={MARK_KINDS.map((kind) => ({ value: kind, label: meters(`mark.kindLong.${kind}`) }))}
            value={markKind}
            onChange={(kind) => form.set('markKind', MARK_KINDS.find((each) => each === kind) ?? null)}
            clearable
            comboboxProps={{ withinPortal: false }}
          />
          {markKind && (
            <TextInput
              label={t('form.markRaw')}
              value={markRaw}
              onChange={({ currentTarget }) => form.set('markRaw', currentTarget.value)}
              maxLength={16}
              error={form.checked && wrong.mark ? t('form.markMissing') : null}
              required
            />
          )}
        </SimpleGrid>
      </Stack>
    </CaseDrawer>
  );
}

/** A mark as it is stored: a day as people write it becomes an ISO one. */
function storedMark(kind: MarkKind, typed: string): string {
  return (kind === 'date' ? typedDay(typed.trim()) : null) ?? normalMark(typed);
}

interface SealFieldsProps {
  seal: Seal;
  onChange: (more: Partial<Seal>) => void;
  error: string | null;
  remove: ReactNode;
}

function SealFields({ seal, onChange, error, remove }: SealFieldsProps) {
  const { t } = useTranslation(['meterCases', 'meters']);
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <TextInput
        label={t('meterCases:form.sealNo')}
        value={seal.sealNo}
        onChange={({ currentTarget }) => onChange({ sealNo: currentTarget.value })}
        maxLength={40}
        error={error}
        required
        style={{ flex: '1 1 8rem' }}
      />
      <Select
        label={t('meterCases:form.sealKind')}
        data={CASE_SEAL_KINDS.map((value) => ({ value, label: t(`meters:sealKind.${value}`) }))}
        value={seal.kind}
        onChange={(value) => onChange({ kind: CASE_SEAL_KINDS.find((each) => each === value) ?? 'plastic' })}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        style={{ flex: '1 1 8.5rem' }}
      />
      <Select
        label={t('meterCases:form.sealPlace')}
        data={CASE_SEAL_PLACES.map((value) => ({ value, label: t(`meters:sealPlace.${value}`) }))}
        value={seal.place}
        onChange={(value) => onChange({ place: CASE_SEAL_PLACES.find((each) => each === value) ?? 'coupling' })}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        style={{ flex: '1 1 8.5rem' }}
      />
      {remove}
    </Group>
  );
}
