import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ConflictDialog.module.css';
import { SaveKey } from './SaveKey';
import { ShortcutLayer } from './shortcuts';

const SIDES = ['mine', 'theirs', 'original'] as const;
export type ConflictSide = (typeof SIDES)[number];

/** One field that two people changed: its name on screen and its three values. */
export interface FieldConflict {
  field: string;
  label: string;
  mine: string | null;
  theirs: string | null;
  original: string | null;
}

interface ConflictDialogProps {
  opened: boolean;
  conflicts: readonly FieldConflict[];
  /** Field → the chosen side, for every conflict. */
  onResolve: (choice: Record<string, ConflictSide>) => void;
  /** Back to the form; nothing is lost. */
  onCancel: () => void;
  saving?: boolean;
}

/** Asks field by field whose value stays. Nothing is chosen beforehand: the choice is the person's. */
export function ConflictDialog({ opened, conflicts, onResolve, onCancel, saving = false }: ConflictDialogProps) {
  const { t } = useTranslation('ui');
  const [choice, setChoice] = useState<Record<string, ConflictSide>>({});
  const complete = conflicts.every(({ field }) => choice[field]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conflict is another question
  useEffect(() => setChoice({}), [conflicts]);

  const everywhere = (side: ConflictSide) => setChoice(Object.fromEntries(conflicts.map(({ field }) => [field, side])));
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      title={t('conflict.title')}
      size="44rem"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <ShortcutLayer>
        <SaveKey onSave={() => onResolve(choice)} enabled={complete && !saving} />
        <Text mb="md">{t('conflict.intro')}</Text>
        <Stack gap="md">
          {conflicts.map((conflict, index) => (
            <Radio.Group
              key={conflict.field}
              label={conflict.label}
              value={choice[conflict.field] ?? null}
              onChange={(side) => setChoice((all) => ({ ...all, [conflict.field]: side as ConflictSide }))}
            >
              <div className={classes.sides}>
                {SIDES.map((side) => (
                  <Radio.Card
                    key={side}
                    data-autofocus={(index === 0 && side === 'mine') || undefined}
                    value={side}
                    className={classes.side}
                    aria-label={`${t(`conflict.${side}`)}: ${conflict[side] ?? t('conflict.empty')}`}
                  >
                    <Group wrap="nowrap" align="flex-start" gap="xs">
                      <Radio.Indicator />
                      <div className={classes.words}>
                        <Text size="xs" c="dimmed">
                          {t(`conflict.${side}`)}
                        </Text>
                        <Text fw={600}>{conflict[side] ?? t('conflict.empty')}</Text>
                      </div>
                    </Group>
                  </Radio.Card>
                ))}
              </div>
            </Radio.Group>
          ))}
        </Stack>
        <Group justify="space-between" mt="lg" gap="xs">
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => everywhere('mine')}>
              {t('conflict.allMine')}
            </Button>
            <Button variant="default" size="xs" onClick={() => everywhere('theirs')}>
              {t('conflict.allTheirs')}
            </Button>
          </Group>
          <Group gap="xs">
            <Button variant="default" onClick={onCancel}>
              {t('back')}
            </Button>
            <Button disabled={!complete} loading={saving} onClick={() => onResolve(choice)}>
              {t('conflict.confirm')}
            </Button>
          </Group>
        </Group>
      </ShortcutLayer>
    </Modal>
  );
}
