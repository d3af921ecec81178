import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Legalization, LOSS_REASONS } from '../../../shared/contract/meters';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useFormat } from '../../ui/format';
import { useMeterAct } from './useMeterAct';

export type MarkChange = 'decide' | 'undecide' | 'lose' | 'unlose' | 'withdraw';

interface ChangeMarkProps {
  mark: Legalization;
  today: string;
  onClose: () => void;
}

/** One decision about a mark, each with its reason. */
export function ChangeMark({ what, ...props }: ChangeMarkProps & { what: MarkChange }) {
  if (what === 'lose') return <LoseMark {...props} />;
  if (what === 'withdraw') return <WithdrawMark {...props} />;
  return <DecideMark {...props} what={what} />;
}

const DECIDED = {
  decide: { title: 'legal.decideTitle', text: 'legal.decideText', save: 'legal.decide', done: 'legal.decided' },
  undecide: {
    title: 'legal.undecideTitle',
    text: 'legal.undecideText',
    save: 'legal.undecide',
    done: 'legal.undecided',
  },
  unlose: { title: 'legal.unloseTitle', text: 'legal.unloseText', save: 'legal.unlose', done: 'legal.unlost' },
} as const;

function DecideMark({ mark, what, onClose }: ChangeMarkProps & { what: keyof typeof DECIDED }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const words = DECIDED[what];
  const [until, setUntil] = useState(mark.overrideUntil ?? mark.validUntil);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useMeterAct({
    send: ({ requestId }: { requestId: string; id: string; until: string; reason: string }) =>
      what === 'unlose'
        ? client.meters.setLegalizationLoss.mutate({
            id: mark.id,
            lostOn: null,
            why: null,
            note: reason.trim(),
            requestId,
          })
        : client.meters.overrideLegalization.mutate({
            id: mark.id,
            until: what === 'decide' ? until : null,
            reason: reason.trim(),
            requestId,
          }),
    done: ({ validUntil }) => t(words.done, { until: format.date(validUntil) }),
    onDone: onClose,
  });
  const missing = reason.trim().length < 5;
  return (
    <FormDrawer
      opened
      title={t(words.title)}
      saveLabel={t(words.save)}
      dirty={reason !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (!missing && until) act({ id: mark.id, until, reason });
      }}
    >
      <Stack gap="md">
        <Text>{t(words.text)}</Text>
        {what === 'decide' && (
          <DayField label={t('legal.decideUntil')} required value={until} onChange={setUntil} data-autofocus />
        )}
        <Reason value={reason} onChange={setReason} error={tried && missing} first={what !== 'decide'} />
      </Stack>
    </FormDrawer>
  );
}

function LoseMark({ mark, today, onClose }: ChangeMarkProps) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const [lostOn, setLostOn] = useState(today);
  const [why, setWhy] = useState<(typeof LOSS_REASONS)[number] | null>(null);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useMeterAct({
    send: client.meters.setLegalizationLoss.mutate,
    done: ({ validUntil }) => t('legal.lost', { until: format.date(validUntil) }),
    onDone: onClose,
  });
  return (
    <FormDrawer
      opened
      title={t('legal.loseTitle')}
      saveLabel={t('legal.lose')}
      dirty={why !== null || note !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (why && lostOn) act({ id: mark.id, lostOn, why, note: note.trim() || null });
      }}
    >
      <Stack gap="md">
        <Text>{t('legal.loseText')}</Text>
        <DayField label={t('legal.lostOn')} required value={lostOn} onChange={setLostOn} maxDate={today} />
        <Radio.Group
          label={t('legal.why')}
          required
          value={why ?? ''}
          onChange={(value) => setWhy(LOSS_REASONS.find((each) => each === value) ?? null)}
          {...(tried && !why && { error: t('required') })}
        >
          <Stack gap="xs" mt="xs">
            {LOSS_REASONS.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={t(`legal.lossReason.${each}`)}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('legal.note')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </FormDrawer>
  );
}

function WithdrawMark({ mark, onClose }: ChangeMarkProps) {
  const { t } = useTranslation('meters');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useMeterAct({
    send: client.meters.withdrawLegalization.mutate,
    done: () => t('legal.withdrawDone'),
    onDone: onClose,
  });
  const missing = reason.trim().length < 5;
  return (
    <FormDrawer
      opened
      title={t('legal.withdrawTitle')}
      saveLabel={t('legal.withdraw')}
      dirty={reason !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (!missing) act({ id: mark.id, reason: reason.trim() });
      }}
    >
      <Stack gap="md">
        <Text>{t('legal.withdrawText', { mark: mark.rawMark })}</Text>
        <Reason value={reason} onChange={setReason} error={tried && missing} first />
      </Stack>
    </FormDrawer>
  );
}

interface ReasonProps {
  value: string;
  onChange: (reason: string) => void;
  error: boolean;
  /** Whether the focus begins here. */
  first: boolean;
}

function Reason({ value, onChange, error, first }: ReasonProps) {
  const { t } = useTranslation('meters');
  return (
    <TextInput
      label={t('legal.reason')}
      required
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error && t('reasonMissing')}
      {...(first && { 'data-autofocus': true })}
    />
  );
}
