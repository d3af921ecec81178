import { ActionIcon, Button, Divider, Popover, Stack, Text } from '@mantine/core';
import {
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconEyeOff,
  IconFilterFilled,
  IconViewportWide,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewState } from '../../../shared/contract/lists';
import tableClasses from '../DataTable.module.css';
import { ShortcutLayer } from '../shortcuts';
import type { ListColumn } from './columns';
import { FilterForm } from './FilterForm';
import classes from './list.module.css';
import { filterColumn, moveColumn, showColumn, sizeColumn, sortView } from './viewState';

interface ColumnMenuProps<Row> {
  column: ListColumn<Row>;
  view: ViewState;
  onView: (view: ViewState) => void;
}

/** Behind the button of a column: its filter first, then order, place and width. */
export function ColumnMenu<Row>({ column, view, onView }: ColumnMenuProps<Row>) {
  const { t } = useTranslation('lists');
  const [opened, setOpened] = useState(false);
  const { key, header, filter: form, sortKey, fixed } = column;
  const filter = view.question.filters[key];
  const change = (next: ViewState) => {
    setOpened(false);
    onView(next);
  };
  const item = (icon: ReactNode, word: string, next: () => ViewState, keys?: string) => (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      justify="flex-start"
      classNames={{ label: classes.itemLabel }}
      leftSection={icon}
      onClick={() => change(next())}
    >
      <span>{word}</span>
      {keys && <span className={classes.itemKeys}>{keys}</span>}
    </Button>
  );
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="17rem"
      trapFocus
      returnFocus
      // Outside of the list, which would cut it off, but inside the main landmark.
      portalProps={{ target: '#main' }}
    >
      <Popover.Target>
        <ActionIcon
          size="xs"
          className={tableClasses.menu}
          data-filtered={filter ? true : undefined}
          tabIndex={-1}
          aria-label={t(filter ? 'column.menuFiltered' : 'column.menu', { column: header })}
          onClick={() => setOpened((now) => !now)}
        >
          {filter ? (
            <IconFilterFilled size={13} aria-hidden />
          ) : (
            <IconChevronDown size={14} stroke={1.75} aria-hidden />
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('column.menu', { column: header })} p="xs">
        {/* The keys of the head below are not those of the form. */}
        <ShortcutLayer>
          <Stack gap="xs" className={classes.menu}>
            <Text fw={600} size="sm">
              {header}
            </Text>
            {form && (
              <FilterForm
                label={header}
                form={form}
                filter={filter}
                onFilter={(next) => change(filterColumn(view, key, next))}
              />
            )}
            {form && <Divider />}
            <Stack gap={0}>
              {sortKey && (
                <>
                  {item(<IconArrowUp size={14} />, t('column.ascending'), () =>
                    sortView(view, { key: sortKey, descending: false }),
                  )}
                  {item(<IconArrowDown size={14} />, t('column.descending'), () =>
                    sortView(view, { key: sortKey, descending: true }),
                  )}
                </>
              )}
              {item(<IconArrowBarToLeft size={14} />, t('column.left'), () => moveColumn(view, key, -1), 'Ctrl ←')}
              {item(<IconArrowBarToRight size={14} />, t('column.right'), () => moveColumn(view, key, 1), 'Ctrl →')}
              {item(
                <IconViewportWide size={14} />,
                t('column.usualWidth'),
                () => sizeColumn(view, key, null),
                'Shift ← →',
              )}
              {!fixed && item(<IconEyeOff size={14} />, t('column.hide'), () => showColumn(view, key, false))}
            </Stack>
          </Stack>
        </ShortcutLayer>
      </Popover.Dropdown>
    </Popover>
  );
}
