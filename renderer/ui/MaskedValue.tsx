import { ActionIcon, Autocomplete, Button, Group, Popover, Text, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from './showError';

const SHOWN_MS = 60_000;
const SHORTEST_REASON = 5;

interface MaskedValueProps {
  /** Name of the value, for screen readers: PESEL. */
  label: string;
  masked: string | null;
  /** Asks the core for the value; the reason goes into the read log. */
  onReveal: (reason: string) => Promise<string>;
  allowed: boolean;
  /** Common reasons to choose from; another one may be typed. */
  reasons?: readonly string[];
  /** Why not, when not allowed. */
  whyNot?: string;
}

/** A value that stays masked until somebody says why it must be seen; hidden again after a minute. */
export function MaskedValue({ label, masked, onReveal, allowed, whyNot, reasons = [] }: MaskedValueProps) {
  const { t } = useTranslation('ui');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [tooShort, setTooShort] = useState(false);
  const [busy, setBusy] = useState(false);
  const [value, setValue] = useState<string | null>(null);

  useEffect(() => {
    if (value === null) return;
    const timer = setTimeout(() => setValue(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [value]);

  async function reveal() {
    if (reason.trim().length < SHORTEST_REASON) return setTooShort(true);
    setBusy(true);
    try {
      setValue(await onReveal(reason.trim()));
      setAsking(false);
      setReason('');
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  }

  if (masked === null)
    return (
      <Text span c="dimmed">
        —
      </Text>
    );
  const hint = value === null ? t('masked.reveal', { label }) : t('masked.hide', { label });
  return (
    <Group gap={4} wrap="nowrap">
      <span data-revealed={value !== null || undefined} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value ?? masked}
      </span>
      <Popover opened={asking} onChange={setAsking} trapFocus withArrow width="20rem" shadow="md">
        <Popover.Target>
          <Tooltip disabled={asking} label={allowed ? hint : (whyNot ?? t('masked.notAllowed'))}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={hint}
              // Not `disabled`: the reason why not must be reachable by keyboard.
              aria-disabled={!allowed}
              {...(!allowed && { 'data-disabled': true })}
              onClick={() => (value !== null ? setValue(null) : allowed && setAsking((open) => !open))}
            >
              {value === null ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label={hint}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              void reveal();
            }}
          >
            <Autocomplete
              label={t('masked.reason')}
              placeholder={t('masked.reasonPlaceholder')}
              data={reasons}
              // Above the field, whatever the room: the reasons must never lie over the button.
              comboboxProps={{
                withinPortal: false,
                transitionProps: { duration: 0 },
                position: 'top',
                middlewares: { flip: false },
              }}
              description={t('masked.reasonHint')}
              value={reason}
              maxLength={200}
              autoComplete="off"
              data-autofocus
              error={tooShort && t('masked.reasonShort')}
              onChange={(next) => {
                setReason(next);
                setTooShort(false);
              }}
            />
            <Group justify="flex-end" mt="sm">
              <Button type="submit" size="xs" loading={busy}>
                {t('masked.show')}
              </Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}
