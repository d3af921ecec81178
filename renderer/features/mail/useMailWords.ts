import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailRow } from '../../../shared/contract/mail';

/** Names of templates and fields, and what the server's answers mean. The keys are the database's: a new one shows itself. */
export function useMailWords() {
  const { t } = useTranslation('mail');
  return useMemo(() => {
    const plain = t as unknown as (key: string, options: object) => string;
    return {
      template: (key: string) => plain(`name.${key}`, { defaultValue: key }),
      field: (name: string) => plain(`field.${name}`, { defaultValue: name }),
      sample: (name: string) => plain(`sample.${name}`, { defaultValue: name }),
      /** Who put it into the queue. */
      creator: ({ createdBy, createdByName }: Pick<MailRow, 'createdBy' | 'createdByName'>) =>
        createdByName ?? plain(`machine.${createdBy}`, { defaultValue: createdBy }),
      record: ({ record, recordLabel }: Pick<MailRow, 'record' | 'recordLabel'>) => {
        const [table = '', id = ''] = record.split(':');
        return recordLabel ?? plain(`record.${table}`, { id, defaultValue: t('record.other') });
      },
      fault: (code: string) => t(`error.${faultOf(code)}`, { code: code.replace(/^SMTP_/, '') }),
    };
  }, [t]);
}

function faultOf(code: string) {
  if (/^SMTP_5/.test(code)) return 'refused';
  if (/^SMTP_4/.test(code)) return 'busy';
  if (code === 'LEASE_RAN_OUT') return 'lease';
  if (code === 'LINK_REFUSED') return 'link';
  if (code === 'NO_PORTAL_URL') return 'portal';
  return /^E[A-Z]+$/.test(code) ? 'unreachable' : 'other';
}
