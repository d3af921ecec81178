import { Button, Group, Kbd, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount } from '../../../shared/contract/lists';
import { useFormat } from '../format';
import classes from './list.module.css';
import { type Chosen, chosenCount } from './selection';

interface SelectionBarProps {
  chosen: Chosen;
  total: ListCount | undefined;
  onClear: () => void;
  onAll: () => void;
  /** What can be done with the chosen rows. */
  acts: ReactNode;
  /** Cells can be edited in place: the key is named. */
  edits: boolean;
}

/** Under the list, always there so that nothing jumps: how many are chosen and what can be done with them, or the keys. */
export function SelectionBar({ chosen, total, onClear, onAll, acts, edits }: SelectionBarProps) {
  const { t } = useTranslation('lists');
  const none = !chosen.all && chosen.keys.size === 0;
  return (
    <Group className={classes.bar} data-chosen={!none || undefined} gap="sm" wrap="nowrap">
      <Text size="sm" role="status" className={classes.barWords} fw={none ? 400 : 600}>
        {none ? '' : <ChosenWords chosen={chosen} total={total} />}
      </Text>
      {none ? (
        <Text size="xs" c="dimmed" className={classes.barKeys}>
          <Kbd size="xs">{t('keys.space')}</Kbd> {t('keys.choose')} · <Kbd size="xs">Ctrl A</Kbd> {t('keys.all')}
          {edits && (
            <>
              {' · '}
              <Kbd size="xs">F2</Kbd> {t('keys.edit')}
            </>
          )}
        </Text>
      ) : (
        <>
          {acts}
          {!chosen.all && (
            <Button size="compact-sm" variant="subtle" onClick={onAll}>
              {t('selection.head')}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
            {t('selection.clear')}
          </Button>
        </>
      )}
    </Group>
  );
}

/** "Zaznaczono 12 480 (wszystkie pasujące oprócz 3)". */
export function ChosenWords({ chosen, total }: { chosen: Chosen; total: ListCount | undefined }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const counted = chosenCount(chosen, total);
  const count = counted ? format.count(counted.count) : '…';
  const how = !chosen.all ? 'rows' : chosen.keys.size === 0 ? 'all' : 'except';
  return t(`selection.${how}${counted?.capped ? 'Capped' : ''}` as 'selection.rows', {
    formatted: count,
    except: format.count(chosen.keys.size),
  });
}
