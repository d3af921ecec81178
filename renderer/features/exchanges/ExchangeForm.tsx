import { Alert, Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { IconDeviceFloppy, IconHistory, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXCHANGE_KINDS, type ExchangePlace, type StartedExchange } from '../../../shared/contract/exchanges';
import { usedSince } from '../../../shared/domain/exchange';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { useFormat } from '../../ui/format';
import { LeaveGuard } from '../../ui/LeaveGuard';
import { SaveKey } from '../../ui/SaveKey';
import { ActFields } from './ActFields';
import { type ExchangeValues, firstValues, judge, oldMeter } from './exchangeForm';
import classes from './exchanges.module.css';
import type { NewExchangeSearch } from './exchangesSearch';
import { NewMeterCard } from './NewMeterCard';
import { OldMeterCard } from './OldMeterCard';
import { useRecord } from './useRecord';

interface ExchangeFormProps {
  started: StartedExchange;
  place: ExchangePlace;
  kind: NewExchangeSearch['kind'];
}

/** The whole act on one page: what goes, what comes, when, why and by whom. Ctrl+S saves; a draft is kept until then. */
export function ExchangeForm({ started, place, kind }: ExchangeFormProps) {
  const { t } = useTranslation('exchanges');
  const { user } = useSession();
  const format = useFormat();
  const { today, technicians, installationId, fresh, orderId } = started;
  const doneBy = technicians.some(({ login }) => login === user.login) ? user.login : '';
  const [first] = useState(() => firstValues({ place, installationId, fresh, kind, today, doneBy }));
  const [values, setValues] = useState<ExchangeValues>(first);
  const [tried, setTried] = useState(false);
  const rules = useQuery(trpc.meters.form.queryOptions()).data?.rules ?? [];
  const dirty = JSON.stringify(values) !== JSON.stringify(first);
  // One for each meter of the place and each order: what was typed of the main meter is nothing of the one behind it.
  const draft = useDraft(`exchanges.new.${place.pointId}.${installationId ?? ''}.${orderId ?? ''}`, values, {
    dirty,
    // Who has left since cannot have done it.
    onRestore: (kept) =>
      setValues(technicians.some(({ login }) => login === kept.doneBy) ? kept : { ...kept, doneBy: '' }),
  });
  const saving = useRecord({ place, orderId, draft });
  const judged = judge(values, place, rules, today);
  const ready = judged.missing.length === 0 && Object.keys(judged.faults).length === 0;
  const set = (change: Partial<ExchangeValues>) => setValues((now) => ({ ...now, ...change }));
  const save = () => {
    setTried(true);
    if (ready && !saving.busy) saving.record(values);
    else if (!ready) focusFirstFault();
  };
  if (!draft.ready) return null;
  const card = { values, set, place, judged, tried };
  return (
    <form
      noValidate
      data-exchange-form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <SaveKey onSave={save} enabled={!saving.busy} />
      <LeaveGuard dirty={dirty && !saving.done} stays={({ pathname }) => pathname === '/exchange/new'} />
      <Group mb="sm" gap="md">
        <SegmentedControl
          size="xs"
          aria-label={t('column.kind')}
          data={EXCHANGE_KINDS.map((value) => ({
            value,
            label: t(`kind.${value}`),
            disabled: value !== 'installation' && place.hung.length === 0,
          }))}
          value={values.kind}
          onChange={(value) => set({ kind: value as ExchangeValues['kind'] })}
        />
        {draft.restoredAt && (
          <Text size="sm" c="dimmed">
            <IconHistory size="1em" aria-hidden /> {t('form.restored', { at: format.dateTime(draft.restoredAt) })}
          </Text>
        )}
      </Group>
      {saving.connectionLost && (
        <Alert role="alert" color="red" icon={<IconPlugConnectedX size={18} aria-hidden />} mb="sm" p="xs">
          {t('form.connectionLost')}
        </Alert>
      )}
      <div className={classes.form}>
        {values.kind !== 'installation' && <OldMeterCard {...card} />}
        {values.kind !== 'removal' && <NewMeterCard {...card} />}
      </div>
      <ActFields {...card} today={today} technicians={technicians} change={setValues} />
      <Paper withBorder className={classes.summary ?? ''}>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" style={{ minWidth: 0 }} aria-live="polite">
            <Summary values={values} place={place} />
          </Text>
          <Group gap="xs" wrap="nowrap">
            {dirty && (
              <Button
                variant="default"
                onClick={() => void draft.discard().then(() => setValues(first))}
                disabled={saving.busy}
              >
                {t('form.discard')}
              </Button>
            )}
            <Button
              type="submit"
              loading={saving.busy}
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              title="Ctrl+S"
            >
              {t(`form.save.${values.kind}`)}
            </Button>
          </Group>
        </Group>
      </Paper>
    </form>
  );
}

/** What will be saved, in one line. */
function Summary({ values, place }: { values: ExchangeValues; place: ExchangePlace }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const old = oldMeter(values, place);
  const used = old && usedSince(values, old);
  const seals = values.seals.filter(({ sealNo }) => sealNo.trim() !== '').length;
  const meters = [old?.factoryNo, values.kind !== 'removal' && (values.fresh?.factoryNo ?? '…')]
    .filter(Boolean)
    .join(' → ');
  return [
    meters,
    used && t('old.usedShort', { value: format.volume(used) }),
    values.kind !== 'removal' && t('form.seals', { count: seals }),
    t('form.photos', { count: values.photos.length }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The field that is wrong or missing comes into sight after the next paint, which marks it. */
function focusFirstFault(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-exchange-form] [aria-invalid="true"]')?.focus(),
  );
}
