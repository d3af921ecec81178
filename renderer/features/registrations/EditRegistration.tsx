import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistrationField, RegistrationForm, RegistrationRecord } from '../../../shared/contract/registrations';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import type { FieldSides } from '../../ui/comparedForm';
import { useFormat } from '../../ui/format';
import { typedAmount } from './amount';
import { RegistrationFields } from './RegistrationFields';
import { fieldsOf, sentChanges } from './registrationFields';
import { useRegistrationLabels } from './useRegistrationLabels';

/** Corrects or completes an open application; asks only where two people changed the same field. */
export function EditRegistration({ record, onClose }: { record: RegistrationRecord; onClose: () => void }) {
  const form = useQuery(trpc.registrations.form.queryOptions()).data;
  return form ? <Form record={record} form={form} onClose={onClose} /> : null;
}

function Form({ record, form, onClose }: { record: RegistrationRecord; form: RegistrationForm; onClose: () => void }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const queries = useQueryClient();
  const { labels, validate } = useRegistrationLabels();
  const stored = useMemo(() => fieldsOf(record), [record]);
  const shown = (field: RegistrationField, value: string) => {
    if (field === 'receivedOn') return format.date(value);
    if (field === 'relation') return t(`relation.${value as 'holder'}`);
    if (field === 'regulationVersionId') return form.versions.find(({ id }) => id === value)?.label ?? value;
    if (field !== 'clauses') return value;
    const titles = record.clauses.filter(({ key }) => value.split(' ').includes(key));
    return titles.map(({ title }) => title).join(', ');
  };
  return (
    <ComparedDrawer
      title={t('form.edit')}
      stored={stored}
      labels={labels}
      shown={shown}
      draftId={`registrations.edit.${record.id}`}
      validate={validate}
      save={async (changes, requestId) => {
        const answer = await client.registrations.edit.mutate({
          id: record.id,
          requestId,
          changes: sentChanges(changes),
        });
        return answer.status === 'saved' ? answer : { status: 'conflict', fields: asTyped(answer.fields) };
      }}
      onSaved={() => void queries.invalidateQueries(trpc.registrations.pathFilter())}
      onClose={onClose}
    >
      {(fields) => (
        <RegistrationFields {...fields} form={form} clauses={record.clauses} dayFixed={record.channel === 'web'} />
      )}
    </ComparedDrawer>
  );
}

type Sides = Partial<Record<RegistrationField, FieldSides>>;

/** The amount comes back in grosze; the form has it as one types it. */
function asTyped(fields: Sides): Sides {
  const { invoiceGrossGiven: sides, ...others } = fields;
  if (!sides) return fields;
  const typed = (value: string | null) => value && typedAmount(value);
  return {
    ...others,
    invoiceGrossGiven: { mine: typed(sides.mine), theirs: typed(sides.theirs), original: typed(sides.original) },
  };
}
