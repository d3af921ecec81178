import { Alert, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeterCaseRecord } from '../../../shared/contract/meter-cases';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { CaseDrawer } from './CaseDrawer';
import { useTyped } from './useTyped';

export interface StepProps {
  record: MeterCaseRecord;
  onClose: () => void;
}

/** Where the sub-meter will hang. */
export function AgreePlace({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const form = useTyped({ place: record.place ?? '', on: record.placeAgreedOn ?? record.today });
  const { place, on } = form.typed;
  return (
    <CaseDrawer
      title={t('drawer.agreePlace')}
      saveLabel={t('act.agreePlace')}
      draftId={`meterCases.agreePlace.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(place.trim() !== '' && on !== '')}
      act={(requestId) => client.meterCases.agreePlace.mutate({ requestId, id: record.id, place, on })}
      saved={() => t('saved.agreePlace')}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextInput
          label={t('form.place')}
          description={t('form.placeHint')}
          value={place}
          onChange={({ currentTarget }) => form.set('place', currentTarget.value)}
          maxLength={200}
          error={form.checked && !place.trim() ? t('form.placeMissing') : null}
          required
          data-autofocus
        />
        <DayField
          label={t('form.placeDay')}
          value={on}
          minDate={record.openedOn}
          maxDate={record.today}
          onChange={(day) => form.set('on', day)}
          error={form.checked && !on ? t('form.dayMissing') : null}
          required
        />
      </Stack>
    </CaseDrawer>
  );
}

/** People who can be sent: active technicians and supervisors, by name. */
export function useFieldStaff(): { value: string; label: string }[] {
  const colleagues = useQuery(trpc.staff.colleagues.queryOptions()).data?.colleagues ?? [];
  return colleagues
    .filter(({ active, group }) => active && (group === 'bok_technician' || group === 'bok_supervisor'))
    .map(({ login, displayName }) => ({ value: login, label: displayName }));
}

/** Sends a technician to accept the sub-meter, or to take the disputed meter out. */
export function OrderDrawer({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const staff = useFieldStaff();
  const form = useTyped({ assignee: '', day: '', dueOn: '', note: '' });
  const { assignee, day, dueOn, note } = form.typed;
  return (
    <CaseDrawer
      title={t('drawer.order')}
      saveLabel={t('act.order')}
      draftId={`meterCases.order.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(true)}
      act={(requestId) =>
        client.meterCases.order.mutate({
          requestId,
          id: record.id,
          assignee: assignee || null,
          day: day || null,
          dueOn: dueOn || null,
          note: note.trim() || null,
        })
      }
      saved={({ already }) => t(already ? 'saved.orderAlready' : 'saved.order')}
      onClose={onClose}
    >
      <Stack gap="md">
        <Select
          label={t('form.assignee')}
          placeholder={t('form.assigneeNone')}
          data={staff}
          value={assignee || null}
          onChange={(login) => form.set('assignee', login ?? '')}
          clearable
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        <DayField
          label={t('form.orderDay')}
          value={day}
          minDate={record.today}
          onChange={(chosen) => form.set('day', chosen)}
          clearable
        />
        <DayField
          label={t('form.orderDue')}
          value={dueOn}
          minDate={record.today}
          onChange={(chosen) => form.set('dueOn', chosen)}
          clearable
        />
        <OneLine label={t('form.orderNote')} value={note} onChange={(text) => form.set('note', text)} />
      </Stack>
    </CaseDrawer>
  );
}

/** The removed meter goes to the office of measures. */
export function SendAway({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const form = useTyped({ office: record.office ?? '', on: record.sentOn ?? record.today });
  const { office, on } = form.typed;
  return (
    <CaseDrawer
      title={t('drawer.send')}
      saveLabel={t('act.send')}
      draftId={`meterCases.send.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(office.trim() !== '' && on !== '')}
      act={(requestId) => client.meterCases.send.mutate({ requestId, id: record.id, office, on })}
      saved={() => t('saved.send')}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextInput
          label={t('form.office')}
          value={office}
          onChange={({ currentTarget }) => form.set('office', currentTarget.value)}
          maxLength={200}
          error={form.checked && !office.trim() ? t('form.officeMissing') : null}
          required
          data-autofocus
        />
        <DayField
          label={t('form.sentOn')}
          value={on}
          minDate={record.removedOn ?? record.openedOn}
          maxDate={record.today}
          onChange={(day) => form.set('on', day)}
          error={form.checked && !on ? t('form.dayMissing') : null}
          required
        />
      </Stack>
    </CaseDrawer>
  );
}

/** From which day the water of the sub-meter is deducted. */
export function Activate({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const last = [record.sealedOn, record.feePaidOn, record.annexOn]
    .filter((day) => day !== null)
    .toSorted()
    .at(-1);
  return (
    <DayDrawer
      record={record}
      act="activate"
      label={t('form.activeOn')}
      hint={t('form.activeHint')}
      first={last ?? record.openedOn}
      send={(requestId, on) => client.meterCases.activate.mutate({ requestId, id: record.id, on })}
      onClose={onClose}
    />
  );
}

/** On which day the customer was answered. */
export function Answered({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  return (
    <DayDrawer
      record={record}
      act="answer"
      label={t('form.answeredOn')}
      hint={t('form.answerHint')}
      first={record.certificateOn ?? record.openedOn}
      send={(requestId, on) => client.meterCases.answer.mutate({ requestId, id: record.id, on })}
      onClose={onClose}
    />
  );
}

interface DayDrawerProps extends StepProps {
  act: 'activate' | 'answer';
  label: string;
  hint: string;
  /** The earliest day it can have. */
  first: string;
  send: (requestId: string, on: string) => Promise<unknown>;
}

/** A step of which only the day is to be said; it ends the case. */
function DayDrawer({ record, act, label, hint, first, send, onClose }: DayDrawerProps) {
  const { t } = useTranslation('meterCases');
  const form = useTyped({ on: record.today });
  const { on } = form.typed;
  return (
    <CaseDrawer
      title={t(`drawer.${act}`)}
      saveLabel={t(`act.${act}`)}
      draftId={`meterCases.${act}.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(on !== '')}
      act={(requestId) => send(requestId, on)}
      saved={() => t(`saved.${act}`)}
      onClose={onClose}
    >
      <DayField
        label={label}
        description={hint}
        value={on}
        minDate={first}
        maxDate={record.today}
        onChange={(day) => form.set('on', day)}
        error={form.checked && !on ? t('form.dayMissing') : null}
        required
        data-autofocus
      />
    </CaseDrawer>
  );
}

/** Ends a case that nobody wants any more. */
export function CancelCase({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const form = useTyped({ reason: '' });
  const { reason } = form.typed;
  const short = reason.trim().length < SHORTEST;
  return (
    <CaseDrawer
      title={t('drawer.cancel')}
      saveLabel={t('cancel.save')}
      draftId={`meterCases.cancel.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(!short)}
      act={(requestId) => client.meterCases.cancel.mutate({ requestId, id: record.id, reason })}
      saved={() => t('saved.cancel')}
      onClose={onClose}
    >
      <Stack gap="md">
        <Alert variant="light" color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs">
          {t('cancel.consequence')}
        </Alert>
        <OneLine
          label={t('form.reason')}
          value={reason}
          onChange={(text) => form.set('reason', text)}
          error={form.checked && short ? t('form.reasonShort') : null}
          maxLength={200}
          required
        />
      </Stack>
    </CaseDrawer>
  );
}

const SHORTEST = 5;

interface OneLineProps {
  label: string;
  description?: string;
  value: string;
  onChange: (text: string) => void;
  error?: string | null;
  maxLength?: number;
  required?: boolean;
}

/** One line of words, however long it looks; a pasted break becomes a blank. */
export function OneLine({ onChange, maxLength = 1000, ...field }: OneLineProps) {
  return (
    <Textarea
      {...field}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/\s*\n\s*/g, ' '))}
      maxLength={maxLength}
      autosize
      minRows={2}
      maxRows={6}
    />
  );
}

/** What follows from a choice, said before it is made. */
export function Consequence({ children, danger = false }: { children: string; danger?: boolean }) {
  return (
    <Alert
      variant="light"
      color={danger ? 'yellow' : 'blue'}
      icon={danger ? <IconAlertTriangle size={18} aria-hidden /> : <IconInfoCircle size={18} aria-hidden />}
      p="xs"
    >
      {children}
    </Alert>
  );
}
