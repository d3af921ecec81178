import { Button, Popover, Stack, Text } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewState } from '../../../shared/contract/lists';
import { ShortcutLayer } from '../shortcuts';
import { columnOf, type ListColumn } from './columns';
import { FilterForm } from './FilterForm';
import classes from './list.module.css';
import { filterColumn } from './viewState';

interface AddFilterProps<Row> {
  columns: readonly ListColumn<Row>[];
  view: ViewState;
  onView: (view: ViewState) => void;
}

/** Every filter of the list, also of columns that are out of sight. */
export function AddFilter<Row>({ columns, view, onView }: AddFilterProps<Row>) {
  const { t } = useTranslation('lists');
  const [opened, setOpened] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const column = key === null ? undefined : columnOf(columns, key);
  const toggle = (next: boolean) => {
    setKey(null);
    setOpened(next);
  };
  return (
    <Popover
      opened={opened}
      onChange={toggle}
      width="17rem"
      position="bottom-start"
      trapFocus
      returnFocus
      portalProps={{ target: '#main' }}
    >
      <Popover.Target>
        <Button
          variant="default"
          px="sm"
          leftSection={<IconFilterPlus size={16} aria-hidden />}
          onClick={() => toggle(!opened)}
        >
          {t('filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.add')} p="xs">
        <ShortcutLayer>
          {column?.filter ? (
            // Keyed: another step of the same dropdown begins with its own first field.
            <Stack gap="xs" key={column.key} ref={focusFirst}>
              <Text fw={600} size="sm">
                {column.header}
              </Text>
              <FilterForm
                label={column.header}
                form={column.filter}
                filter={view.question.filters[column.key]}
                onFilter={(filter) => {
                  toggle(false);
                  onView(filterColumn(view, column.key, filter));
                }}
              />
            </Stack>
          ) : (
            <Stack gap={0} className={classes.menu}>
              {columns
                .filter(({ filter }) => filter)
                .map(({ key: each, header }) => (
                  <Button
                    key={each}
                    size="xs"
                    variant="subtle"
                    color="gray"
                    justify="flex-start"
                    onClick={() => setKey(each)}
                  >
                    {header}
                  </Button>
                ))}
            </Stack>
          )}
        </ShortcutLayer>
      </Popover.Dropdown>
    </Popover>
  );
}

function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>('[data-autofocus], input, select')?.focus();
}
