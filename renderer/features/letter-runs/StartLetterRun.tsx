import { Button } from '@mantine/core';
import { IconMailFast } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount, Selection } from '../../../shared/contract/lists';
import type { Chosen } from '../../ui/list/selection';
import { useMay } from '../../ui/permissions';
import { StartDrawer } from './StartDrawer';

interface StartLetterRunProps {
  /** Of the list of meters. */
  selection: Selection;
  chosen: Chosen;
  total: ListCount | undefined;
  /** The run was begun and looked at. */
  onDone: () => void;
}

/** Letters to the customers of the meters chosen in a list. */
export function StartLetterRun({ onDone, ...subject }: StartLetterRunProps) {
  const { t } = useTranslation('letterRuns');
  const may = useMay('letterRuns.start');
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconMailFast size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('start.button')}
      </Button>
      {opened && (
        <StartDrawer
          {...subject}
          onClose={(begun) => {
            setOpened(false);
            if (begun) onDone();
          }}
        />
      )}
    </>
  );
}
