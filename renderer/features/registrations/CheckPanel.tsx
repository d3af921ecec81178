import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistrationRecord } from '../../../shared/contract/registrations';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import classes from './CheckPanel.module.css';
import { ProxyDocument } from './ProxyDocument';

interface CheckPanelProps {
  record: RegistrationRecord;
  onIdentity: () => void;
}

/** What has to be there before an account can be made, item by item, with what is done about each. */
export function CheckPanel({ record, onIdentity }: CheckPanelProps) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const open = record.status === 'new' || record.status === 'incomplete';
  const mayCheck = useMay('registrations.checkIdentity') && open;
  const { customer, identity } = record;
  // A decided application is judged no more: what it lacked stands in its history.
  const lacks = (code: string) => open && record.missing.includes(code);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="check-title">
      <Title order={2} size="h4" id="check-title" mb="xs">
        {t('check.title')}
      </Title>
      <ul className={classes.list}>
        <Item done={!lacks('customer') && !lacks('customer_deceased')} title={t('check.customer')}>
          {customer ? (
            <AnchorLink to="/customers/$id" params={{ id: customer.id }}>
              {customer.customerNo} {customer.name}
            </AnchorLink>
          ) : (
            t('check.customerNone')
          )}
          {lacks('customer_deceased') && <Text size="sm">{t('check.customerDeceased')}</Text>}
        </Item>
        <Item
          done={!lacks('identity')}
          title={t('check.identity')}
          act={
            mayCheck && (
              <Button size="compact-sm" variant={identity ? 'subtle' : 'default'} onClick={onIdentity}>
                {t('check.identityAct')}
              </Button>
            )
          }
        >
          {identity
            ? t('check.identityBy', {
                method: t(`identity.methods.${identity.method}`),
                by: identity.byName === 'ibok_portal' ? t('channel.web') : identity.byName,
                at: format.dateTime(identity.at),
              })
            : t('check.identityNone')}
        </Item>
        <Item done={!lacks('proxy_document')} title={t('check.proxy')} hidden={!needsProxy(record)}>
          {lacks('proxy_document') && <Text size="sm">{t('check.proxyNone')}</Text>}
          <ProxyDocument record={record} editable={mayCheck} />
        </Item>
        <Item done={!lacks('email')} title={t('check.email')}>
          {record.email ?? t('check.emailNone')}
        </Item>
        <Item done={!lacks('regulations')} title={t('check.regulations')}>
          {lacks('regulations') ? t('check.regulationsNone') : record.regulationLabel}
        </Item>
        {(record.channel === 'paper' || record.channel === 'post') && (
          <Item done={!lacks('original')} title={t('check.original')}>
            {record.originalPlace ?? t('check.originalNone')}
          </Item>
        )}
        {record.clauses.map(({ key, title, mandatory, given }) => (
          <Item key={key} done={given} optional={!mandatory} title={title}>
            {mandatory ? null : t('check.optional')}
          </Item>
        ))}
      </ul>
    </Paper>
  );
}

function needsProxy(record: RegistrationRecord): boolean {
  return record.missing.includes('proxy_document') || record.proxyDocumentId !== null || record.relation !== 'holder';
}

interface ItemProps {
  done: boolean;
  title: string;
  /** Not given, and not needed either. */
  optional?: boolean;
  act?: ReactNode;
  hidden?: boolean;
  children: ReactNode;
}

function Item({ done, title, optional = false, act, hidden = false, children }: ItemProps) {
  const { t } = useTranslation('registrations');
  if (hidden) return null;
  const state = done ? 'done' : optional ? 'optional' : 'lacking';
  const IconOf = done ? IconCircleCheck : optional ? IconCircleMinus : IconAlertCircle;
  return (
    <li className={classes.item} data-state={state}>
      <IconOf
        size={20}
        stroke={1.75}
        className={classes.icon}
        role="img"
        aria-label={state === 'optional' ? t('check.optional') : t(`check.${state}`)}
      />
      <Stack gap={0} style={{ minWidth: 0, flex: 1 }}>
        <Group justify="space-between" wrap="nowrap" gap="xs" mih="1.625rem">
          <Text fw={550} size="sm">
            {title}
          </Text>
          {act}
        </Group>
        <Text component="div" size="sm" c="dimmed" className={classes.detail}>
          {children}
        </Text>
      </Stack>
    </li>
  );
}
