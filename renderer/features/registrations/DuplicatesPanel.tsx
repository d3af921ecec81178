import { Alert, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RegistrationDuplicate } from '../../../shared/contract/registrations';
import { AnchorLink } from '../../ui/AnchorLink';
import classes from './CheckPanel.module.css';

/** Open applications and living accounts that may be the same person's. It warns; a clerk decides. */
export function DuplicatesPanel({ duplicates }: { duplicates: readonly RegistrationDuplicate[] }) {
  const { t } = useTranslation('registrations');
  if (duplicates.length === 0) return null;
  const state = ({ kind, status }: RegistrationDuplicate) =>
    kind === 'account' ? t(`duplicates.accountStatus.${status as 'active'}`) : t(`status.${status as 'new'}`);
  return (
    <Alert color="yellow" icon={<IconUsersGroup size={18} aria-hidden />} title={t('duplicates.title')}>
      <ul className={classes.list}>
        {duplicates.map((other) => (
          <li key={`${other.kind} ${other.id}`}>
            <AnchorLink to={`/${other.kind}s/$id` as '/registrations/$id'} params={{ id: other.id }} underline="always">
              {t(`duplicates.${other.kind}`, { label: other.label })}
            </AnchorLink>{' '}
            <Text span size="sm">
              {`(${state(other).toLowerCase()}): ${other.reasons.map((reason) => t(`duplicates.reason.${reason}`)).join(', ')}`}
            </Text>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
