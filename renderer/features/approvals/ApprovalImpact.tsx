import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval, Impact } from '../../../shared/contract/approvals';
import { STAFF_GROUPS } from '../../../shared/permissions';
import { useFormat } from '../../ui/format';
import classes from './ApprovalImpact.module.css';

/** The order on screen, since the database keeps none: a person's facts, then an account's parts as the erasure takes them. */
const KEYS: readonly string[] = `login staff_group new_group email phone open_tasks own_requests
    account credentials sessions tokens sign_ins preferences change_requests blocks tasks mails documents access registrations
    acceptances notices consents requests customers contracts invoices`.split(/\s+/);
const placeOf = (key: string) => (KEYS.includes(key) ? KEYS.indexOf(key) : KEYS.length);

/** What the act touches, as it was when asked for; and beside it what is another now. */
export function ApprovalImpact({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const shown = useImpactWords();
  const now = approval.impactNow ?? approval.impact;
  const keys = [...new Set([...Object.keys(approval.impact), ...Object.keys(now)])]
    // Stands above as what the request is about.
    .filter((key) => key !== 'display_name')
    .sort((a, b) => placeOf(a) - placeOf(b));
  const differs = (key: string) => approval.impact[key] !== now[key];
  const compares = keys.some(differs);
  return (
    <section aria-labelledby="approval-impact">
      <Title order={3} size="h5" mb="xs" id="approval-impact">
        {t('impact.title')}
      </Title>
      {keys.length === 0 ? (
        <Text c="dimmed">{t('impact.none')}</Text>
      ) : (
        <Table className={classes.table} verticalSpacing={4} aria-labelledby="approval-impact">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('impact.what')}</Table.Th>
              <Table.Th>{t('impact.asked')}</Table.Th>
              {compares && <Table.Th>{t('impact.now')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key} data-differs={differs(key) || undefined}>
                <Table.Th scope="row" className={classes.name}>
                  {shown.name(key)}
                </Table.Th>
                <Table.Td>{shown.value(approval.impact[key])}</Table.Td>
                {compares && <Table.Td className={classes.now}>{shown.value(now[key])}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

/** A kind's own keys and values in words; a key without a word stands as it is. */
function useImpactWords() {
  const { t } = useTranslation(['approvals', 'staff']);
  const format = useFormat();
  return {
    name: (key: string) => t(`approvals:impact.${key as 'login'}`, { defaultValue: key }),
    value: (value: Impact[string] | undefined) => {
      if (value === undefined || value === null) return '—';
      if (typeof value === 'number') return format.count(value);
      if (typeof value === 'boolean') return t(value ? 'approvals:yes' : 'approvals:no');
      const group = STAFF_GROUPS.find((each) => each === value);
      return group ? t(`staff:group.${group}`) : value;
    },
  };
}
