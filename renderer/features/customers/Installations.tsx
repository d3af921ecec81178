import { Button, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Installation } from '../../../shared/contract/customers';
import { InstallationTable } from './InstallationTable';

/** What is installed at a point now, and what was there before, folded. */
export function Installations({ installations }: { installations: readonly Installation[] }) {
  const { t } = useTranslation('customers');
  const [open, { toggle }] = useDisclosure(false);
  const formerId = useId();
  const current = installations.filter(({ removedOn }) => removedOn === null);
  const former = installations.filter(({ removedOn }) => removedOn !== null);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap="xs">
      {current.length > 0 ? (
        <InstallationTable installations={current} label={t('points.current')} />
      ) : (
        <Text c="dimmed">{t('points.noMeter')}</Text>
      )}
      {former.length > 0 && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<Chevron size={16} aria-hidden />}
            onClick={toggle}
            aria-expanded={open}
            aria-controls={formerId}
          >
            {t('points.former', { count: former.length })}
          </Button>
          <Collapse expanded={open} id={formerId}>
            <InstallationTable installations={former} label={t('points.former', { count: former.length })} former />
          </Collapse>
        </div>
      )}
    </Stack>
  );
}
