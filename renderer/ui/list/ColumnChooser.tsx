import { ActionIcon, Button, Checkbox, Divider, Group, Popover, Stack, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewState } from '../../../shared/contract/lists';
import { ShortcutLayer } from '../shortcuts';
import { columnOf, type ListColumn } from './columns';
import classes from './list.module.css';
import { placeColumn, showColumn } from './viewState';

interface ColumnChooserProps<Row> {
  columns: readonly ListColumn<Row>[];
  view: ViewState;
  onView: (view: ViewState) => void;
  /** Columns as the standard has them; filters and order stay. */
  onReset: () => void;
}

/** Which columns are on screen, and their order. */
export function ColumnChooser<Row>({ columns, view, onView, onReset }: ColumnChooserProps<Row>) {
  const { t } = useTranslation('lists');
  const [opened, setOpened] = useState(false);
  const listed = view.columns.flatMap(({ key, hidden }) => {
    const column = columnOf(columns, key);
    return column ? [{ column, hidden }] : [];
  });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width="18rem"
      position="bottom-end"
      trapFocus
      returnFocus
      portalProps={{ target: '#main' }}
    >
      <Popover.Target>
        <Tooltip label={t('columns.title')} disabled={opened}>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={t('columns.title')}
            onClick={() => setOpened((now) => !now)}
          >
            <IconColumns3 size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')} p="xs">
        <ShortcutLayer>
          <Stack gap={2} className={classes.menu}>
            {listed.map(({ column: { key, header, fixed }, hidden }, index) => {
              const place = (neighbour: (typeof listed)[number] | undefined) =>
                neighbour && onView(placeColumn(view, key, neighbour.column.key));
              return (
                <Group key={key} gap={4} wrap="nowrap" justify="space-between">
                  <Checkbox
                    size="xs"
                    label={header}
                    checked={!hidden}
                    disabled={fixed ?? false}
                    onChange={(event) => onView(showColumn(view, key, event.currentTarget.checked))}
                  />
                  <Group gap={0} wrap="nowrap">
                    <ActionIcon
                      size="sm"
                      aria-label={t('columns.up', { column: header })}
                      // Not disabled: it would lose the focus under the hand that moves a column to the top.
                      {...(index === 0 ? { 'data-disabled': true } : {})}
                      aria-disabled={index === 0}
                      onClick={() => place(listed[index - 1])}
                    >
                      <IconArrowUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      aria-label={t('columns.down', { column: header })}
                      {...(index === listed.length - 1 ? { 'data-disabled': true } : {})}
                      aria-disabled={index === listed.length - 1}
                      onClick={() => place(listed[index + 1])}
                    >
                      <IconArrowDown size={14} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Group>
              );
            })}
            <Divider my={4} />
            <Button size="xs" variant="subtle" color="gray" justify="flex-start" onClick={onReset}>
              {t('columns.reset')}
            </Button>
          </Stack>
        </ShortcutLayer>
      </Popover.Dropdown>
    </Popover>
  );
}
