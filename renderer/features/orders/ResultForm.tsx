import { Alert, Box, Button, Chip, Group, Input, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDeviceFloppy } from '@tabler/icons-react';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRecord, OrderResult } from '../../../shared/contract/orders';
import { DayField } from '../../ui/DayField';
import { useDraft } from '../../ui/drafts';
import { useFormat } from '../../ui/format';
import { SaveKey } from '../../ui/SaveKey';
import { emptyResult, faultsOf, type ResultDraft, resultsOf, takesValue, usedSince } from './resultDraft';

interface ResultFormProps {
  order: OrderRecord;
  today: string;
  saving: boolean;
  onSave: (draft: ResultDraft) => Promise<unknown>;
  /** Learns of the field that typing begins in: the reading, or the first result. */
  firstField?: RefObject<HTMLElement | null>;
  /** Takes the focus there as soon as the form stands. */
  focus?: boolean;
}

/** What came of an order: a reading beside the one before, or why there is none. Enter saves. */
export function ResultForm({ order, today, saving, onSave, firstField, focus = false }: ResultFormProps) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const first = useRef<HTMLInputElement>(null);
  const resultId = useId();
  const empty = emptyResult(order, today);
  const [draft, setDraft] = useState(empty);
  const [tried, setTried] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(empty);
  const kept = useDraft(`orders.result.${order.id}`, draft, { dirty, onRestore: setDraft });
  const faults = faultsOf(draft, order, today);
  const set = (part: Partial<ResultDraft>) => setDraft({ ...draft, ...part });
  const used = usedSince(draft.value, order.previous);
  const said = (field: keyof ResultDraft) => {
    const fault = tried ? faults[field] : undefined;
    return fault && t(`enter.${fault}`, { count: order.digits ?? 0 });
  };
  const form = useRef<HTMLFormElement>(null);
  const submit = () => {
    setTried(true);
    if (Object.keys(faults).length === 0 && !saving) return void save();
    // After the faults are said: the first of them takes the focus.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-fault] input')?.focus());
  };
  async function save(): Promise<void> {
    if (await onSave(draft)) await kept.discard();
  }
  useEffect(() => {
    if (!kept.ready) return;
    if (firstField) firstField.current = first.current;
    if (focus) first.current?.focus();
  }, [kept.ready, firstField, focus]);
  if (!kept.ready) return null;
  return (
    <form
      ref={form}
      noValidate
      aria-label={t('enter.title')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SaveKey onSave={submit} enabled={!saving} />
      <Stack gap="sm">
        {takesValue(order) && (
          <>
            <Group align="flex-start" gap="md" wrap="nowrap">
              <TextInput
                ref={first}
                label={t('enter.value')}
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                w="11rem"
                flex="none"
                styles={{ input: { fontSize: '1.125rem', fontVariantNumeric: 'tabular-nums' } }}
                value={draft.value}
                onChange={(event) =>
                  set({ value: event.currentTarget.value, ...(draft.result ? {} : { result: 'done' }) })
                }
                error={said('value')}
              />
              <Previous order={order} used={used === null ? null : t('enter.used', { value: format.volume(used) })} />
            </Group>
            {used?.startsWith('-') && (
              <Alert color="yellow" p="xs" icon={<IconAlertTriangle size={18} aria-hidden />}>
                {t('enter.below')}
              </Alert>
            )}
          </>
        )}
        <div data-fault={(tried && faults.result) || undefined}>
          <Input.Label id={resultId}>{t('enter.result')}</Input.Label>
          <Chip.Group value={draft.result} onChange={(result) => set({ result: result as OrderResult })}>
            <Group gap={6} role="radiogroup" aria-labelledby={resultId} mt={4}>
              {resultsOf(order).map((result, at) => (
                <Chip key={result} value={result} size="xs" {...(at === 0 && !takesValue(order) && { ref: first })}>
                  {t(`result.${result}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {said('result') && <Input.Error mt={4}>{said('result')}</Input.Error>}
        </div>
        <Group align="flex-start" gap="sm" wrap="nowrap">
          <Textarea
            label={t('enter.note')}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={1000}
            flex={1}
            value={draft.note}
            onChange={(event) => set({ note: event.currentTarget.value.replace(/\s*\n\s*/g, ' ') })}
            // One paragraph, so Enter saves here as everywhere in this form.
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              submit();
            }}
            error={said('note')}
          />
          <Box w="9rem" flex="none">
            <DayField
              label={t('enter.on')}
              maxDate={today}
              value={draft.on}
              onChange={(on) => set({ on })}
              error={said('on')}
            />
          </Box>
        </Group>
        <Group justify="flex-end">
          <Button type="submit" loading={saving} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
            {t('enter.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The reading before, beside the field for the new one, and what was used since. */
function Previous({ order: { previous }, used }: { order: OrderRecord; used: string | null }) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  return (
    <div style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Text size="sm" c="dimmed">
        {t('record.previous')}
      </Text>
      <Text size="sm">
        {previous
          ? t('record.previousValue', { value: format.volume(previous.value), day: format.date(previous.on) })
          : t('record.noPrevious')}
      </Text>
      <Text size="sm" mih="1.25rem" fw={600} role="status">
        {used}
      </Text>
    </div>
  );
}
