import { Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type CasesOfMeter, COST_SIDES } from '../../../shared/contract/meter-cases';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { CaseDrawer } from './CaseDrawer';
import { Consequence, OneLine } from './StepDrawers';
import { useTyped } from './useTyped';

interface NewExpertiseProps {
  meterId: string;
  place: NonNullable<CasesOfMeter['place']>;
  onClose: () => void;
}

/** Takes the demand that a meter be examined, of the customer or of the utility itself. */
export function NewExpertise({ meterId, place, onClose }: NewExpertiseProps) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today ?? '';
  const form = useTyped<{ by: (typeof COST_SIDES)[number]; openedOn: string | null; note: string }>({
    by: 'customer',
    openedOn: null,
    note: '',
  });
  const { by, note } = form.typed;
  const openedOn = form.typed.openedOn ?? today;
  return (
    <CaseDrawer
      title={t('open.expertiseTitle', { no: place.factoryNo })}
      saveLabel={t('open.save')}
      draftId={`meterCases.openExpertise.${meterId}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(openedOn !== '')}
      act={(requestId) =>
        client.meterCases.openExpertise.mutate({
          requestId,
          customerId: place.customerId,
          pointId: place.pointId,
          meterId,
          openedOn,
          demandedBy: by,
          note: note.trim() || null,
        })
      }
      saved={({ number }) => t('open.done', { number })}
      onDone={({ id }) => void navigate({ to: '/meter-cases/$id', params: { id } })}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>{t('open.for', { customer: `${place.customerNo} ${place.customerName}` })}</Text>
        <Input.Wrapper label={t('open.demandedBy')} labelElement="div">
          <SegmentedControl
            fullWidth
            mt={4}
            aria-label={t('open.demandedBy')}
            data={COST_SIDES.map((value) => ({ value, label: t(`demandedBy.${value}`) }))}
            value={by}
            onChange={(value) => form.set('by', COST_SIDES.find((each) => each === value) ?? 'customer')}
          />
        </Input.Wrapper>
        <DayField
          label={t('open.openedOn')}
          description={t('open.openedOnHint')}
          value={openedOn}
          maxDate={today}
          onChange={(day) => form.set('openedOn', day)}
          error={form.checked && !openedOn ? t('form.dayMissing') : null}
          required
        />
        <OneLine
          label={t('open.note')}
          description={t('open.noteHint')}
          value={note}
          onChange={(text) => form.set('note', text)}
        />
        <Consequence>{t('open.expertiseCost')}</Consequence>
      </Stack>
    </CaseDrawer>
  );
}
