import { Button, Drawer, Group, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LABEL_CODES, LABEL_SHEETS, type LabelsInput } from '../../../shared/contract/labels';
import type { Selection } from '../../../shared/contract/lists';
import { MadePdfPreview } from '../../app/preview/MadePdfPreview';
import { client } from '../../app/trpc';
import { useMay } from '../../ui/permissions';
import { ShortcutLayer } from '../../ui/shortcuts';

type Sheet = LabelsInput['sheet'];
type Look = Pick<LabelsInput, 'sheet' | 'code'>;
const USUAL: Look = { sheet: 'a4_24', code: 'code128' };

interface PrintLabelsProps {
  /** Of the list of meters. */
  selection: Selection;
  /** Beside other acts of a list it is small. */
  size?: 'compact-sm' | 'sm';
}

/** Stickers for meters, as a PDF that is looked at, printed or saved. */
export function PrintLabels({ selection, size = 'compact-sm' }: PrintLabelsProps) {
  const { t } = useTranslation('labels');
  const { t: ui } = useTranslation('ui');
  const may = useMay('labels.print');
  const [opened, setOpened] = useState(false);
  const [look, setLook] = useState<Look>(USUAL);
  const [first, setFirst] = useState(1);
  const [made, setMade] = useState<LabelsInput | null>(null);
  if (!may) return null;
  const most = LABEL_SHEETS[look.sheet];
  const valid = Number.isInteger(first) && first >= 1 && first <= most;
  return (
    <>
      <Button
        size={size}
        variant="default"
        leftSection={<IconBarcode size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('button')}
      </Button>
      <Drawer
        opened={opened}
        position="right"
        size="26rem"
        title={t('title')}
        styles={{ title: { fontWeight: 650 } }}
        onClose={() => setOpened(false)}
        closeButtonProps={{ 'aria-label': ui('close') }}
      >
        <ShortcutLayer>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              if (!valid) return;
              setMade({ selection, ...look, first });
              setOpened(false);
            }}
          >
            <Stack gap="md">
              <Select
                label={t('sheet')}
                data-autofocus
                allowDeselect={false}
                value={look.sheet}
                onChange={(sheet) => setLook({ ...look, sheet: (sheet ?? look.sheet) as Sheet })}
                data={(Object.keys(LABEL_SHEETS) as Sheet[]).map((value) => ({ value, label: t(`sheets.${value}`) }))}
              />
              <Radio.Group
                label={t('code')}
                description={t('codeText')}
                value={look.code}
                onChange={(code) => setLook({ ...look, code: code as LabelsInput['code'] })}
              >
                <Stack gap={6} mt={6}>
                  {LABEL_CODES.map((code) => (
                    <Radio key={code} value={code} label={t(`codes.${code}`)} />
                  ))}
                </Stack>
              </Radio.Group>
              <NumberInput
                label={t('first')}
                description={t('firstText')}
                min={1}
                max={most}
                allowDecimal={false}
                clampBehavior="strict"
                value={first}
                onChange={(value) => setFirst(Number(value))}
              />
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={() => setOpened(false)}>
                  {ui('cancel')}
                </Button>
                <Button type="submit" disabled={!valid}>
                  {t('make')}
                </Button>
              </Group>
            </Stack>
          </form>
        </ShortcutLayer>
      </Drawer>
      {made && (
        <MadePdfPreview
          title={t('title')}
          make={() => client.labels.print.mutate(made)}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
