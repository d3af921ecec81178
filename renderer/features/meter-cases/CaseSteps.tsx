import { Button, Group, Paper, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconCircleDot } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseAct, CaseStepRow, MeterCaseRecord } from '../../../shared/contract/meter-cases';
import type { CaseStep } from '../../../shared/domain/meter-cases';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import classes from './CaseSteps.module.css';

const ICONS = { done: IconCircleCheckFilled, now: IconCircleDot, later: IconCircleDashed };

/** The act that does each step; a meter is taken out at the meter's own place. */
const ACT_OF: Readonly<Partial<Record<CaseStep, CaseAct>>> = {
  place: 'agreePlace',
  acceptance: 'accept',
  fee: 'recordFee',
  annex: 'recordAnnex',
  activation: 'activate',
  sending: 'send',
  certificate: 'recordCertificate',
  answer: 'answer',
};

interface CaseStepsProps {
  record: MeterCaseRecord;
  onAct: (act: CaseAct) => void;
  /** Where the scan of the annex is added and the letter made. */
  onDocuments: () => void;
}

/** The way of a case as a checklist: who did what and when, what comes next, and why something is not possible yet. */
export function CaseSteps({ record, onAct, onDocuments }: CaseStepsProps) {
  const { t } = useTranslation('meterCases');
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="steps-title">
      <Title order={2} size="h4" id="steps-title" mb="xs">
        {t('steps.title')}
      </Title>
      <ol className={classes.steps}>
        {record.steps.map((step) => (
          <Step key={step.step} step={step} record={record}>
            <StepActs step={step} record={record} onAct={onAct} onDocuments={onDocuments} />
          </Step>
        ))}
      </ol>
      {record.abilities.cancel === 'meter_stands' && (
        <Group justify="space-between" align="flex-start" wrap="nowrap" mt="xs">
          <Text size="sm" c="dimmed">
            {t('notice.mustRemove')}
          </Text>
          <TakeOut id={record.id} quiet />
        </Group>
      )}
    </Paper>
  );
}

function Step({ step, record, children }: { step: CaseStepRow; record: MeterCaseRecord; children: ReactNode }) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const IconOf = ICONS[step.state];
  const name = t(`steps.name.${step.step}`);
  const details = useDetails(record)[step.step];
  const act = ACT_OF[step.step];
  // Who may not is told so where the step is next; later steps say what they wait for.
  const obstacle = step.state === 'now' && act && record.abilities[act] === 'role' ? 'role' : step.obstacle;
  return (
    <li className={classes.step} data-state={step.state} aria-label={name}>
      <span className={classes.icon}>
        <IconOf size={20} aria-hidden />
        <VisuallyHidden>{t(`steps.${step.state}`)}</VisuallyHidden>
      </span>
      <div>
        <Text className={classes.name}>{name}</Text>
        {step.on && (
          <Text size="sm">
            {step.byName ? t('steps.by', { day: format.date(step.on), name: step.byName }) : format.date(step.on)}
          </Text>
        )}
        {details && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {details}
          </Text>
        )}
        {obstacle && step.state !== 'done' && record.state === 'open' && (
          <Text size="sm" c="dimmed">
            {t(`obstacle.${obstacle}`)}
          </Text>
        )}
      </div>
      {children}
    </li>
  );
}

/** What is to be known of each step beside its day. */
function useDetails(record: MeterCaseRecord): Partial<Record<CaseStep, string | null>> {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const { orderId, orderDay, orderAssigneeName, acceptedOn, stands, seals, feeAmount, feeByRule, state } = record;
  const order =
    orderId &&
    t('steps.order', {
      who: orderAssigneeName ?? t('steps.orderNobody'),
      day: orderDay ? format.date(orderDay) : t('steps.orderNoDay'),
    });
  const voided = acceptedOn && !stands && state === 'open' && t('steps.voided', { day: format.date(acceptedOn) });
  const sealed = stands && seals.length > 0 && t('steps.seals', { count: seals.length, numbers: seals.join(', ') });
  const fee = feeAmount === null ? null : feeAmount === 0 ? t('steps.feeNone') : format.money(feeAmount);
  return {
    place: record.place,
    acceptance: [voided, sealed, order].filter(Boolean).join(' · ') || null,
    fee: fee ?? (state === 'open' ? t('steps.feeByRule', { amount: format.money(feeByRule) }) : null),
    annex: record.annexNo && t('steps.annex', { no: record.annexNo }),
    activation: record.activatedOn && t('steps.activation', { day: format.date(record.activatedOn) }),
    removal: order,
    sending: record.office,
    certificate:
      record.certificateNo && record.certificateOn && record.result && record.costSide
        ? t('steps.certificate', {
            no: record.certificateNo,
            day: format.date(record.certificateOn),
            result: t(`result.${record.result}`).toLocaleLowerCase(),
            cost: t(`cost.${record.costSide}`).toLocaleLowerCase(),
          })
        : null,
  };
}

function StepActs({ step, record, onAct, onDocuments }: CaseStepsProps & { step: CaseStepRow }) {
  const { t } = useTranslation('meterCases');
  const act = ACT_OF[step.step];
  const { abilities } = record;
  const mayWrite = useMay('letters.make');
  const isFieldStep = step.step === 'acceptance' || step.step === 'removal';
  return (
    <Group gap="xs" justify="flex-end">
      {isFieldStep && step.state === 'now' && abilities.order === null && !record.orderId && (
        <Button size="compact-sm" variant="default" onClick={() => onAct('order')}>
          {t('act.order')}
        </Button>
      )}
      {step.step === 'removal' && step.state === 'now' && <TakeOut id={record.id} />}
      {step.step === 'answer' && step.state === 'now' && mayWrite && (
        <Button size="compact-sm" variant="default" onClick={onDocuments}>
          {t('act.toLetters')}
        </Button>
      )}
      {step.obstacle === 'document_first' && abilities.recordAnnex !== 'role' && (
        <Button size="compact-sm" variant="default" onClick={onDocuments}>
          {t('act.toDocuments')}
        </Button>
      )}
      {act && step.state === 'done' && abilities[act] === null && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          {...(act !== 'recordCertificate' && {
            'aria-label': `${t('act.correct')}: ${t(`steps.name.${step.step}`)}`,
          })}
          onClick={() => onAct(act)}
        >
          {t(act === 'recordCertificate' ? 'act.correctCertificate' : 'act.correct')}
        </Button>
      )}
      {act && step.state !== 'done' && step.obstacle === null && abilities[act] === null && (
        <Button size="compact-sm" variant={step.state === 'now' ? 'filled' : 'default'} onClick={() => onAct(act)}>
          {t(`act.${act as 'agreePlace'}`)}
        </Button>
      )}
    </Group>
  );
}

/** The way to the act that takes the case's meter out: it closes the order and is the case's removal. */
function TakeOut({ id, quiet = false }: { id: string; quiet?: boolean }) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  if (!useMay('exchanges.record')) return null;
  return (
    <Button
      size="compact-sm"
      {...(quiet ? { variant: 'default' } : {})}
      onClick={() => void navigate({ to: '/exchange/new', search: { case: id, kind: 'removal' } })}
      style={{ flex: 'none' }}
    >
      {t('act.remove')}
    </Button>
  );
}
