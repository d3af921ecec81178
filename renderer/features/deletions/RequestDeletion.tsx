import { Alert, Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IDENTITY_BY_WAY, type IdentityMethod, TAKEN_VIA } from '../../../shared/contract/deletions';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { AccountField, type ChosenAccount } from './AccountField';
import { ActDrawer } from './ActDrawer';
import { IdentityField } from './IdentityField';
import { NoteField } from './NoteField';

interface Typed {
  account: ChosenAccount | null;
  askedVia: (typeof TAKEN_VIA)[number];
  /** null: today. */
  askedOn: string | null;
  identityMethod: IdentityMethod | null;
  note: string;
}

const EMPTY: Typed = { account: null, askedVia: 'letter', askedOn: null, identityMethod: null, note: '' };

interface RequestDeletionProps {
  /** From the account's own page: nobody else's is meant. */
  account?: ChosenAccount;
  onClose: () => void;
}

/** Takes a written or spoken request: the account is blocked at once, and the request goes to approval. */
export function RequestDeletion({ account, onClose }: RequestDeletionProps) {
  const { t } = useTranslation('deletions');
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [checked, setChecked] = useState(false);
  const set = <Field extends keyof Typed>(field: Field, value: Typed[Field]) =>
    setTyped((before) => ({ ...before, [field]: value }));
  const meant = account ?? typed.account;
  const { askedVia, identityMethod, note } = typed;
  // The office's day, not the computer's.
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today ?? '';
  const askedOn = typed.askedOn ?? today;
  const dirty = typed.account !== null || typed.askedOn !== null || identityMethod !== null || note !== '';
  return (
    <ActDrawer
      title={t('request.title')}
      saveLabel={t('request.save')}
      draftId={`deletions.request.${account?.id ?? ''}`}
      values={typed}
      onRestore={setTyped}
      dirty={dirty}
      check={() => {
        setChecked(true);
        return meant !== null && askedOn !== '' && identityMethod !== null;
      }}
      act={(requestId) =>
        client.deletions.request.mutate({
          requestId,
          accountId: meant?.id ?? '',
          askedVia,
          askedOn,
          identityMethod: identityMethod ?? 'signature',
          note: note.trim() || null,
        })
      }
      onDone={({ id }) => {
        notifications.show({ message: t('request.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void navigate({ to: '/deletions/$id', params: { id } });
      }}
      onClose={onClose}
    >
      <Stack gap="md">
        {account ? (
          <Text>{t('request.account', { login: account.login })}</Text>
        ) : (
          <AccountField
            value={typed.account}
            onChange={(chosen) => set('account', chosen)}
            error={checked && !meant ? t('form.accountMissing') : null}
          />
        )}
        <Input.Wrapper label={t('form.via')} labelElement="div">
          <SegmentedControl
            fullWidth
            mt={4}
            aria-label={t('form.via')}
            data={TAKEN_VIA.map((value) => ({ value, label: t(`via.${value}`) }))}
            value={askedVia}
            onChange={(value) =>
              setTyped((before) => ({ ...before, askedVia: value as Typed['askedVia'], identityMethod: null }))
            }
          />
        </Input.Wrapper>
        <DayField
          label={t('form.askedOn')}
          description={t('form.askedOnHint')}
          value={askedOn}
          maxDate={today}
          onChange={(day) => set('askedOn', day)}
          error={checked && askedOn === '' ? t('form.askedOnMissing') : null}
          required
        />
        <IdentityField
          via={askedVia}
          value={identityMethod && IDENTITY_BY_WAY[askedVia].includes(identityMethod) ? identityMethod : null}
          onChange={(method) => set('identityMethod', method)}
          error={checked && !identityMethod ? t('form.identityMissing') : null}
        />
        <NoteField
          label={t('form.note')}
          description={t('form.noteHint')}
          value={note}
          onChange={(text) => set('note', text)}
        />
        <Alert variant="light" color="yellow" icon={<IconLock size={18} aria-hidden />} p="xs">
          {t('request.consequence')}
        </Alert>
        {meant && <Kept accountId={meant.id} />}
      </Stack>
    </ActDrawer>
  );
}

/** What the person at the counter asks: by when, and what stays although the account goes. */
function Kept({ accountId }: { accountId: string }) {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  const preview = useQuery(trpc.deletions.preview.queryOptions({ accountId })).data;
  if (!preview) return null;
  const invoices = preview.parts.find(({ part }) => part === 'invoices');
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} aria-hidden />} p="xs">
      {invoices?.count && invoices.until
        ? t('request.keeps', { count: invoices.count, until: format.date(invoices.until) })
        : t('request.keepsNothing')}
      {preview.holds.length > 0 && ` ${t('request.held')}`}
    </Alert>
  );
}
