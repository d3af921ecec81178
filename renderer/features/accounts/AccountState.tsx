import { IconHourglass, IconLock, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccountStatus } from '../../../shared/contract/accounts';
import type { DataChangeStatus } from '../../../shared/contract/data-changes';
import { StateBadge, type Tone } from '../../ui/StateBadge';

const TONE: Record<AccountStatus, Tone> = {
  pending: 'info',
  active: 'ok',
  blocked: 'danger',
  deleting: 'warn',
  deleted: 'neutral',
};
const ICON = { pending: IconHourglass, blocked: IconLock, deleting: IconTrash } as const;

/** An account's state as colour, icon and word. */
export function AccountState({ status }: { status: AccountStatus }) {
  const { t } = useTranslation('accounts');
  const icon = status in ICON ? ICON[status as keyof typeof ICON] : undefined;
  return <StateBadge tone={TONE[status]} label={t(`status.${status}`)} {...(icon && { icon })} />;
}

const CHANGE_TONE: Record<DataChangeStatus, Tone> = {
  open: 'warn',
  accepted: 'ok',
  partly: 'info',
  rejected: 'neutral',
};

export function DataChangeState({ status }: { status: DataChangeStatus }) {
  const { t } = useTranslation('accounts');
  return <StateBadge tone={CHANGE_TONE[status]} label={t(`change.status.${status}`)} />;
}
