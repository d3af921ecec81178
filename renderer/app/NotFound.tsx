import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../ui/AnchorLink';
import { EmptyState } from '../ui/EmptyState';

/** An address that leads nowhere, or not for this role. */
export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <EmptyState
      page
      icon={IconMapOff}
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={<AnchorLink to="/">{t('notFound.home')}</AnchorLink>}
    />
  );
}
