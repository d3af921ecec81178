import { Button, Group, Menu, Text } from '@mantine/core';
import {
  IconBuilding,
  IconCheck,
  IconChevronDown,
  IconCross,
  IconDropletOff,
  IconEye,
  IconGavel,
  IconStar,
  IconUser,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomerCard, cardPurpose } from '../../../shared/contract/customers';
import type { Neighbours } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { StateBadge } from '../../ui/StateBadge';
import { isRunning } from './supplyPeriod';
import type { CardPurpose } from './usePurpose';

interface CustomerHeaderProps {
  card: CustomerCard;
  neighbours: Neighbours;
  purpose: CardPurpose;
  onPurpose: (purpose: CardPurpose) => void;
  /** While the form is open, single letters are not for walking the list. */
  editing: boolean;
  newTask: ReactNode;
}

/** Who it is, where, and what must be known before one speaks: alerts as icon and word. */
export function CustomerHeader({ card, neighbours, purpose, onPurpose, editing, newTask }: CustomerHeaderProps) {
  return (
    <PageHeader
      title={card.displayName}
      subtitle={<Subtitle card={card} />}
      badges={
        <>
          <Alerts card={card} />
          <PresenceMark record={`customers:${card.id}`} />
        </>
      }
      actions={
        <>
          {newTask}
          <PurposeMenu purpose={purpose} onPurpose={onPurpose} />
          <CustomerWalk neighbours={neighbours} editing={editing} />
        </>
      }
    />
  );
}

function Subtitle({ card }: { card: CustomerCard }) {
  const { t } = useTranslation('customers');
  const points = useQuery(trpc.customers.points.queryOptions({ id: card.id }));
  const [first, ...more] = points.data?.points.filter(isRunning) ?? [];
  const Kind = card.kind === 'company' ? IconBuilding : IconUser;
  return (
    <Group gap="xs" wrap="wrap">
      <Kind size={16} stroke={1.5} aria-hidden />
      <span>{t(`kind.${card.kind}`)}</span>
      <span aria-hidden>·</span>
      <span>{t('card.number', { number: card.customerNo })}</span>
      {first && (
        <>
          <span aria-hidden>·</span>
          <span>{first.address}</span>
        </>
      )}
      {more.length > 0 && <Text span>{t('card.morePoints', { count: more.length })}</Text>}
    </Group>
  );
}

function Alerts({ card }: { card: CustomerCard }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const points = useQuery(trpc.customers.points.queryOptions({ id: card.id }));
  const supplied = points.data?.points.some(isRunning) ?? true;
  return (
    <>
      {card.deceasedOn && (
        <StateBadge
          tone="danger"
          icon={IconCross}
          label={t('card.alert.deceased', { day: format.date(card.deceasedOn) })}
        />
      )}
      {card.legalHold && <StateBadge tone="warn" icon={IconGavel} label={t('card.alert.legalHold')} />}
      {card.vip && <StateBadge tone="info" icon={IconStar} label={t('card.alert.vip')} />}
      {!supplied && <StateBadge tone="neutral" icon={IconDropletOff} label={t('card.alert.noPoint')} />}
    </>
  );
}

/** Why this person opens cards at the moment; it goes into the read log with every card. */
function PurposeMenu({ purpose, onPurpose }: { purpose: CardPurpose; onPurpose: (purpose: CardPurpose) => void }) {
  const { t } = useTranslation('customers');
  return (
    <Menu position="bottom-end" width="18rem">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconEye size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('card.purpose.short', { purpose: t(`card.purpose.${purpose}`) })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {t('card.purpose.label')}. {t('card.purpose.hint')}
        </Menu.Label>
        {cardPurpose.options.map((option) => (
          <Menu.Item
            key={option}
            role="menuitemradio"
            aria-checked={option === purpose}
            rightSection={option === purpose && <IconCheck size={16} aria-hidden />}
            onClick={() => onPurpose(option)}
          >
            {t(`card.purpose.${option}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function CustomerWalk({ neighbours, editing }: { neighbours: Neighbours; editing: boolean }) {
  const { t } = useTranslation('customers');
  return (
    <Walk neighbours={neighbours} words={{ previous: t('card.previous'), next: t('card.next') }} editing={editing} />
  );
}
