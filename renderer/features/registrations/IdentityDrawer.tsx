import { Alert, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CheckIdentityInput,
  IDENTITY_METHODS,
  type IDENTITY_OUTCOMES,
  type RegistrationRecord,
} from '../../../shared/contract/registrations';
import { identifierDigits, nipOk, peselOk } from '../../../shared/domain/identifiers';
import { trpc } from '../../app/trpc';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';
import { groszeOf, typedAmount } from './amount';

type Method = (typeof IDENTITY_METHODS)[number];
type Fault = 'customerMissing' | 'invoiceMissing' | 'grossMissing' | 'numberWrong';

/** Compares what the applicant stated with the base. Nothing typed here is kept as a draft: it holds PESEL and NIP. */
export function IdentityDrawer({ record, onClose }: { record: RegistrationRecord; onClose: () => void }) {
  const { t } = useTranslation('registrations');
  const queries = useQueryClient();
  const [customerNo, setCustomerNo] = useState(record.customer?.customerNo ?? record.customerNoGiven ?? '');
  const [method, setMethod] = useState<Method>(record.customer?.kind === 'company' ? 'nip' : 'invoice');
  const [invoiceNo, setInvoiceNo] = useState(record.invoiceNoGiven ?? '');
  const [gross, setGross] = useState(record.invoiceGrossGiven ? typedAmount(record.invoiceGrossGiven) : '');
  const [number, setNumber] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [outcome, setOutcome] = useState<(typeof IDENTITY_OUTCOMES)[number] | null>(null);
  const check = useMutation(
    trpc.registrations.checkIdentity.mutationOptions({
      onSuccess: (answer) => {
        setOutcome(answer.outcome);
        void queries.invalidateQueries(trpc.registrations.pathFilter());
        if (answer.outcome !== 'confirmed') return;
        notifications.show({
          message: t('identity.confirmed'),
          icon: <IconCheck size={18} aria-hidden />,
          color: 'green',
        });
        onClose();
      },
      onError: showError,
    }),
  );
  const submit = () => {
    const values = valuesOf(method, { invoiceNo: invoiceNo.trim(), gross, number });
    const found = customerNo.trim() === '' ? 'customerMissing' : typeof values === 'string' ? values : null;
    setFault(found);
    setOutcome(null);
    if (found || typeof values === 'string') return;
    check.mutate({ id: record.id, requestId: crypto.randomUUID(), customerNo: customerNo.trim(), values });
  };
  const said = (which: Fault) => (fault === which ? t(`identity.${which}`) : null);
  return (
    <FormDrawer
      opened
      title={t('identity.title')}
      saveLabel={t('identity.compare')}
      dirty={false}
      saving={check.isPending}
      onSubmit={submit}
      onClose={onClose}
      onDiscard={onClose}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('identity.text')}
        </Text>
        <TextInput
          label={t('identity.customerNo')}
          autoComplete="off"
          required
          data-autofocus
          value={customerNo}
          onChange={(event) => setCustomerNo(event.currentTarget.value)}
          error={said('customerMissing')}
        />
        <Stack gap={4}>
          <Text size="sm" fw={500} id="identity-method">
            {t('identity.method')}
          </Text>
          <SegmentedControl
            aria-labelledby="identity-method"
            data={IDENTITY_METHODS.map((value) => ({ value, label: t(`identity.choice.${value}`) }))}
            value={method}
            onChange={(value) => {
              setMethod(value);
              setFault(null);
              setOutcome(null);
            }}
          />
        </Stack>
        {method === 'invoice' ? (
          <Group grow align="flex-start">
            <TextInput
              label={t('identity.invoiceNo')}
              description={t('identity.invoiceHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="off"
              required
              value={invoiceNo}
              onChange={(event) => setInvoiceNo(event.currentTarget.value)}
              error={said('invoiceMissing')}
            />
            <TextInput
              label={t('identity.gross')}
              inputMode="decimal"
              autoComplete="off"
              required
              value={gross}
              onChange={(event) => setGross(event.currentTarget.value)}
              error={said('grossMissing')}
            />
          </Group>
        ) : (
          <TextInput
            key={method}
            label={t(`identity.${method}`)}
            inputMode="numeric"
            autoComplete="off"
            required
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={said('numberWrong')}
          />
        )}
        {outcome && outcome !== 'confirmed' && (
          <Alert
            role="alert"
            color={outcome === 'mismatch' ? 'red' : 'yellow'}
            icon={<IconAlertTriangle size={18} aria-hidden />}
          >
            {t(`identity.${outcome}`)}
          </Alert>
        )}
      </Stack>
    </FormDrawer>
  );
}

/** What is sent, or what is wrong with it. */
function valuesOf(
  method: Method,
  { invoiceNo, gross, number }: { invoiceNo: string; gross: string; number: string },
): CheckIdentityInput['values'] | Fault {
  if (method === 'invoice') {
    const grosze = groszeOf(gross);
    if (invoiceNo === '') return 'invoiceMissing';
    return grosze === null ? 'grossMissing' : { method, invoiceNo, grossGrosze: Number(grosze) };
  }
  const digits = identifierDigits(number).replace(/^PL/i, '');
  if (method === 'pesel') return peselOk(digits) ? { method, pesel: digits } : 'numberWrong';
  return nipOk(digits) ? { method, nip: digits } : 'numberWrong';
}
