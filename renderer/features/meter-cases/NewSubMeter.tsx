import { Button, Radio, Stack, Text } from '@mantine/core';
import { IconDropletPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SUB_METER_ROLES } from '../../../shared/contract/meter-cases';
import { SUB_METER_STEPS } from '../../../shared/domain/meter-cases';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { useMay } from '../../ui/permissions';
import { CaseDrawer } from './CaseDrawer';
import { OneLine } from './StepDrawers';
import { useTyped } from './useTyped';

interface NewSubMeterProps {
  customerId: string;
  point: { id: string; code: string };
}

/** On a customer's point: takes the application for a sub-meter. */
export function NewSubMeterButton(props: NewSubMeterProps) {
  const { t } = useTranslation('meterCases');
  const may = useMay('meterCases.openSubMeter');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDropletPlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('open.subMeter')}
      </Button>
      {open && <NewSubMeter {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function NewSubMeter({ customerId, point, onClose }: NewSubMeterProps & { onClose: () => void }) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  // The office's day, not the computer's.
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today ?? '';
  const form = useTyped<{ role: (typeof SUB_METER_ROLES)[number]; openedOn: string | null; note: string }>({
    role: 'deduction',
    openedOn: null,
    note: '',
  });
  const { role, note } = form.typed;
  const openedOn = form.typed.openedOn ?? today;
  return (
    <CaseDrawer
      title={t('open.subMeterTitle', { code: point.code })}
      saveLabel={t('open.save')}
      draftId={`meterCases.openSubMeter.${customerId}.${point.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(openedOn !== '')}
      act={(requestId) =>
        client.meterCases.openSubMeter.mutate({
          requestId,
          customerId,
          pointId: point.id,
          role,
          openedOn,
          note: note.trim() || null,
        })
      }
      saved={({ number }) => t('open.done', { number })}
      onDone={({ id }) => void navigate({ to: '/meter-cases/$id', params: { id } })}
      onClose={onClose}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('open.role')}
          value={role}
          onChange={(value) => form.set('role', SUB_METER_ROLES.find((each) => each === value) ?? 'deduction')}
        >
          <Stack gap="xs" mt={6}>
            {SUB_METER_ROLES.toReversed().map((value) => (
              <Radio key={value} value={value} label={t(`role.${value}`)} description={t(`open.roleHint.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
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
        <Text size="sm" c="dimmed">
          {t('open.steps', { steps: SUB_METER_STEPS.map((step) => t(`steps.name.${step}`)).join(' → ') })}
        </Text>
      </Stack>
    </CaseDrawer>
  );
}
