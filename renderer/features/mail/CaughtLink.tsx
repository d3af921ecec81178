import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';

/** To the messages a demo office's mail server caught; nothing where no such server is. */
export function CaughtLink() {
  const { t } = useTranslation('mail');
  const { data } = useQuery(trpc.mail.caught.queryOptions());
  if (!data?.mails) return null;
  return (
    <AnchorLink to="/outbox/caught" size="sm">
      {t('caught.open')}
    </AnchorLink>
  );
}
