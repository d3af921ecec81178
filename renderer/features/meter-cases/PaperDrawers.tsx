import { Input, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EXPERTISE_RESULTS, type MeterCaseRecord } from '../../../shared/contract/meter-cases';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { groszeOf, typedAmount } from './amount';
import { CaseDrawer } from './CaseDrawer';
import { consequenceOf } from './consequence';
import { Consequence, type StepProps } from './StepDrawers';
import { useTyped } from './useTyped';

/** The fee of acceptance and sealing: what the rule asks for, unless another amount is typed. */
export function RecordFee({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const form = useTyped({
    amount: typedAmount(record.feeAmount ?? record.feeByRule),
    paidOn: record.feePaidOn ?? record.today,
  });
  const { amount, paidOn } = form.typed;
  const grosze = groszeOf(amount);
  return (
    <CaseDrawer
      title={t('drawer.recordFee')}
      saveLabel={t('act.recordFee')}
      draftId={`meterCases.recordFee.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(grosze !== null && paidOn !== '')}
      act={(requestId) => client.meterCases.recordFee.mutate({ requestId, id: record.id, amount: grosze, paidOn })}
      saved={() => t('saved.recordFee')}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextInput
          label={t('form.amount')}
          description={t('form.amountHint', { amount: format.money(record.feeByRule) })}
          value={amount}
          onChange={({ currentTarget }) => form.set('amount', currentTarget.value)}
          rightSection="zł"
          inputMode="decimal"
          maxLength={12}
          error={form.checked && grosze === null ? t('form.amountBad') : null}
          required
          data-autofocus
        />
        <DayField
          label={t('form.paidOn')}
          value={paidOn}
          minDate={record.openedOn}
          maxDate={record.today}
          onChange={(day) => form.set('paidOn', day)}
          error={form.checked && !paidOn ? t('form.dayMissing') : null}
          required
        />
      </Stack>
    </CaseDrawer>
  );
}

/** The annex to the contract, by one of the case's documents. */
export function RecordAnnex({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const form = useTyped({
    no: record.annexNo ?? '',
    on: record.annexOn ?? record.today,
    documentId: record.documents.length === 1 ? (record.documents[0]?.id ?? '') : '',
  });
  const { no, on, documentId } = form.typed;
  return (
    <CaseDrawer
      title={t('drawer.recordAnnex')}
      saveLabel={t('act.recordAnnex')}
      draftId={`meterCases.recordAnnex.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(no.trim() !== '' && on !== '' && documentId !== '')}
      act={(requestId) => client.meterCases.recordAnnex.mutate({ requestId, id: record.id, no, on, documentId })}
      saved={() => t('saved.recordAnnex')}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextInput
          label={t('form.annexNo')}
          value={no}
          onChange={({ currentTarget }) => form.set('no', currentTarget.value)}
          maxLength={40}
          error={form.checked && !no.trim() ? t('form.annexNoMissing') : null}
          required
          data-autofocus
        />
        <DayField
          label={t('form.annexOn')}
          value={on}
          minDate={record.sealedOn ?? record.openedOn}
          maxDate={record.today}
          onChange={(day) => form.set('on', day)}
          error={form.checked && !on ? t('form.dayMissing') : null}
          required
        />
        <Select
          label={t('form.annexDocument')}
          data={record.documents.map(({ id, title }) => ({ value: id, label: title }))}
          value={documentId || null}
          onChange={(id) => form.set('documentId', id ?? '')}
          comboboxProps={{ withinPortal: false }}
          error={form.checked && !documentId ? t('form.annexDocumentMissing') : null}
          required
        />
      </Stack>
    </CaseDrawer>
  );
}

/** What the office of measures found; what follows from it is said before it is stored. Corrected until the answer. */
export function RecordCertificate({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const form = useTyped<{ no: string; on: string; result: MeterCaseRecord['result'] }>({
    no: record.certificateNo ?? '',
    on: record.certificateOn ?? record.today,
    result: record.result,
  });
  const { no, on, result } = form.typed;
  return (
    <CaseDrawer
      title={t('drawer.recordCertificate')}
      saveLabel={t('act.recordCertificate')}
      draftId={`meterCases.recordCertificate.${record.id}`}
      values={form.typed}
      onRestore={form.restore}
      dirty={form.dirty}
      check={() => form.check(no.trim() !== '' && on !== '' && result !== null)}
      act={(requestId) =>
        client.meterCases.recordCertificate.mutate({ requestId, id: record.id, no, on, result: result ?? 'meets' })
      }
      saved={({ answerDueOn }) => t('saved.recordCertificate', { day: format.date(answerDueOn) })}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextInput
          label={t('form.certificateNo')}
          value={no}
          onChange={({ currentTarget }) => form.set('no', currentTarget.value)}
          maxLength={40}
          error={form.checked && !no.trim() ? t('form.certificateNoMissing') : null}
          required
          data-autofocus
        />
        <DayField
          label={t('form.certificateOn')}
          value={on}
          minDate={record.sentOn ?? record.openedOn}
          maxDate={record.today}
          onChange={(day) => form.set('on', day)}
          error={form.checked && !on ? t('form.dayMissing') : null}
          required
        />
        <Input.Wrapper
          label={t('form.result')}
          labelElement="div"
          error={form.checked && !result ? t('form.resultMissing') : null}
          required
        >
          <SegmentedControl
            fullWidth
            mt={4}
            aria-label={t('form.result')}
            data={EXPERTISE_RESULTS.map((value) => ({ value, label: t(`result.${value}`) }))}
            value={result ?? ''}
            onChange={(value) => form.set('result', EXPERTISE_RESULTS.find((each) => each === value) ?? null)}
          />
        </Input.Wrapper>
        {result && <Consequence danger={result === 'fails'}>{t(consequenceOf(result, record))}</Consequence>}
      </Stack>
    </CaseDrawer>
  );
}
