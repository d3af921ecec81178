import { ActionIcon, Button, Input, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SEAL_KINDS, SEAL_PLACES, type Seal } from '../../../shared/contract/exchanges';
import { NO_SEAL } from './exchangeForm';
import classes from './exchanges.module.css';

/** As many as an act may put on. */
const MOST = 10;

interface SealFieldsProps {
  seals: readonly Seal[];
  onChange: (seals: Seal[]) => void;
  error: string | null;
}

/** The seals put on; Enter after a number (as a scanner sends it) begins the next one. */
export function SealFields({ seals, onChange, error }: SealFieldsProps) {
  const { t } = useTranslation('exchanges');
  const list = useRef<HTMLDivElement>(null);
  const change = (at: number, more: Partial<Seal>) =>
    onChange(seals.map((seal, index) => (index === at ? { ...seal, ...more } : seal)));
  const add = () => {
    if (seals.length >= MOST) return;
    onChange([...seals, { ...(seals.at(-1) ?? NO_SEAL), sealNo: '' }]);
    // The new row's number is there after the next paint.
    requestAnimationFrame(() => {
      const numbers = list.current?.querySelectorAll<HTMLInputElement>('input[data-seal-no]');
      numbers?.item(numbers.length - 1)?.focus();
    });
  };
  return (
    <Input.Wrapper label={t('seal.put')} error={error} labelElement="div">
      <Stack gap={4} ref={list}>
        {seals.map((seal, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone
          <div key={at} className={classes.seal}>
            <TextInput
              aria-label={t('seal.noOf', { no: at + 1 })}
              placeholder={t('seal.no')}
              data-seal-no
              autoComplete="off"
              maxLength={40}
              value={seal.sealNo}
              onChange={(event) => change(at, { sealNo: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                if (seal.sealNo.trim() !== '') add();
              }}
            />
            <Select
              aria-label={t('seal.kindOf', { no: at + 1 })}
              data={SEAL_KINDS.map((value) => ({ value, label: t(`sealKind.${value}`) }))}
              value={seal.kind}
              onChange={(kind) => kind && change(at, { kind: kind as Seal['kind'] })}
              allowDeselect={false}
            />
            <Select
              aria-label={t('seal.placeOf', { no: at + 1 })}
              data={SEAL_PLACES.map((value) => ({ value, label: t(`sealPlace.${value}`) }))}
              value={seal.place}
              onChange={(place) => place && change(at, { place: place as Seal['place'] })}
              allowDeselect={false}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('seal.drop', { no: at + 1 })}
              onClick={() => onChange(seals.length === 1 ? [NO_SEAL] : seals.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={add}
            disabled={seals.length >= MOST}
          >
            {t('seal.add')}
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
}
