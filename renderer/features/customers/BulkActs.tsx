import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconMessageCircle, IconNote, IconSubtask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkSubject } from '../../app/bulk/BulkDrawer';
import { BulkCustomers } from './BulkCustomers';
import type { BulkKind } from './bulkDraft';

const KINDS = [
  { kind: 'preferredContact', icon: IconMessageCircle },
  { kind: 'officeNote', icon: IconNote },
  { kind: 'addTask', icon: IconSubtask },
] as const satisfies readonly { kind: BulkKind; icon: typeof IconNote }[];

interface BulkActsProps extends BulkSubject {
  /** The act was run and its receipt put away. */
  onDone: () => void;
}

/** What can be done with the chosen customers all at once. */
export function BulkActs({ selection, chosen, total, onDone }: BulkActsProps) {
  const { t } = useTranslation('lists');
  const [kind, setKind] = useState<BulkKind | null>(null);
  return (
    <>
      <Menu position="top-start" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <Button size="compact-sm" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t('bulk.acts')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('bulk.acts')}>
          {KINDS.map(({ kind: each, icon: IconOf }) => (
            <Menu.Item key={each} leftSection={<IconOf size={16} aria-hidden />} onClick={() => setKind(each)}>
              {each === 'addTask' ? t('bulk.addTask') : t(`bulk.setField.${each}`)}…
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {kind && (
        <BulkCustomers
          kind={kind}
          selection={selection}
          chosen={chosen}
          total={total}
          onClose={(ran) => {
            setKind(null);
            if (ran) onDone();
          }}
        />
      )}
    </>
  );
}
