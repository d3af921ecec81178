import type { MailRow } from '../../../shared/contract/mail';
import { AnchorLink } from '../../ui/AnchorLink';
import { useMailWords } from './useMailWords';

const SCREENS = {
  customers: '/customers/$id',
  registrations: '/registrations/$id',
  accounts: '/accounts/$id',
  deletion_requests: '/deletions/$id',
} as const;

/** The record a message is about: a link where it has a screen and the person may see it. */
export function MailRecord({ mail }: { mail: Pick<MailRow, 'record' | 'recordLabel'> }) {
  const words = useMailWords();
  const [table = '', id = ''] = mail.record.split(':');
  const to = SCREENS[table as keyof typeof SCREENS];
  if (!to) return <>{words.record(mail)}</>;
  return (
    <AnchorLink to={to} params={{ id }}>
      {words.record(mail)}
    </AnchorLink>
  );
}
