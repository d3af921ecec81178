import { Button, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconPencil,
  IconSearch,
  IconTrash,
  IconZoomQuestion,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MeterRecord, type MeterStatus, MOVES, type MoveKind } from '../../../shared/contract/meters';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { StateBadge, type Tone } from '../../ui/StateBadge';
import { EditMeter } from './EditMeter';
import { LEGAL_TONE, legalState } from './legalState';
import { MoveMeter } from './MoveMeter';

export const STATUS_TONE: Record<MeterStatus, Tone> = {
  in_stock: 'info',
  installed: 'ok',
  removed: 'neutral',
  scrapped: 'neutral',
  lost: 'danger',
};
const MOVE_ICONS = {
  scrapped: IconTrash,
  lost: IconZoomQuestion,
  found: IconSearch,
  returned: IconArrowBackUp,
};

interface MeterHeaderProps {
  meter: MeterRecord;
  acts: ReactNode;
  /** Opens the part of the record that the state of legalization stands for. */
  onLegalization: () => void;
}

/** Which meter it is, where it is, whether it is legal, and what can be done with it now. */
export function MeterHeader({ meter, acts, onLegalization }: MeterHeaderProps) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const mayEdit = useMay('meters.edit');
  const [opened, setOpened] = useState<MoveKind | 'edit' | null>(null);
  const close = () => setOpened(null);
  const present = meter.installations.find(({ removedOn }) => removedOn === null);
  const { state, mark } = legalState(meter);
  const words = t(`legal.state.${state}`, {
    until: mark && format.date(mark.validUntil),
    on: mark?.lostOn && format.date(mark.lostOn),
  });
  const subtitle = [
    `${meter.maker} ${meter.model}`,
    t('record.portalNo', { id: meter.id }),
    present ? [present.address, present.place].filter(Boolean).join(', ') : meter.stockPlace,
  ];
  return (
    <>
      <PageHeader
        title={t('record.title', { factoryNo: meter.factoryNo })}
        badges={
          <>
            <StateBadge tone={STATUS_TONE[meter.status]} label={t(`status.${meter.status}`)} />
            {meter.status !== 'scrapped' && (
              <UnstyledButton onClick={onLegalization} display="inline-flex">
                <StateBadge tone={LEGAL_TONE[state]} label={words} />
              </UnstyledButton>
            )}
            <PresenceMark record={`meters:${meter.id}`} />
          </>
        }
        subtitle={subtitle.filter(Boolean).join(' · ')}
        actions={
          <>
            {mayEdit && (
              <>
                <Moves status={meter.status} onOpen={setOpened} />
                <Button
                  variant="default"
                  leftSection={<IconPencil size={16} aria-hidden />}
                  onClick={() => setOpened('edit')}
                >
                  {t('act.edit')}
                </Button>
              </>
            )}
            {acts}
          </>
        }
      />
      {opened === 'edit' && <EditMeter meter={meter} onClose={close} />}
      {opened !== null && opened !== 'edit' && <MoveMeter meter={meter} kind={opened} onClose={close} />}
    </>
  );
}

/** What may be done with a meter that is not built in; nothing while it hangs somewhere. */
function Moves({ status, onOpen }: { status: MeterStatus; onOpen: (kind: MoveKind) => void }) {
  const { t } = useTranslation('meters');
  const moves: readonly MoveKind[] = MOVES[status];
  if (moves.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('act.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {moves.map((kind) => {
          const IconOf = MOVE_ICONS[kind];
          return (
            <Menu.Item key={kind} leftSection={<IconOf size={16} aria-hidden />} onClick={() => onOpen(kind)}>
              {t(`act.${kind}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
