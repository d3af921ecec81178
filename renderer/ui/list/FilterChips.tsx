import { Button, CloseButton, Group, Popover, Text } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnFilter, ViewState } from '../../../shared/contract/lists';
import { useFormat } from '../format';
import { ShortcutLayer } from '../shortcuts';
import { columnOf, type ListColumn } from './columns';
import { FilterForm } from './FilterForm';
import { filterWords } from './filterWords';
import classes from './list.module.css';
import { clearFilters, filterColumn } from './viewState';

interface FilterChipsProps<Row> {
  columns: readonly ListColumn<Row>[];
  view: ViewState;
  onView: (view: ViewState) => void;
  /** Columns that a screen narrows by controls of its own: they are neither named nor cleared here. */
  own?: readonly string[];
}

/** What narrows the list, each in words: a click changes it, its cross takes it away. */
export function FilterChips<Row>({ columns, view, onView, own = [] }: FilterChipsProps<Row>) {
  const { t } = useTranslation('lists');
  const filters = Object.entries(view.question.filters).filter(([key]) => columnOf(columns, key) && !own.includes(key));
  if (filters.length === 0 && !view.question.words) return null;
  return (
    <Group gap={6} role="group" aria-label={t('filter.active')} className={classes.chips}>
      {filters.map(([key, filter]) => {
        const column = columnOf(columns, key);
        return column ? <Chip key={key} column={column} filter={filter} view={view} onView={onView} /> : null;
      })}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconFilterOff size={14} aria-hidden />}
        onClick={() => onView(clearFilters(view, own))}
      >
        {t('filter.clear')}
      </Button>
    </Group>
  );
}

interface ChipProps<Row> {
  column: ListColumn<Row>;
  filter: ColumnFilter;
  view: ViewState;
  onView: (view: ViewState) => void;
}

function Chip<Row>({ column, filter, view, onView }: ChipProps<Row>) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const { key, header, filter: form } = column;
  const change = (next: ColumnFilter | null) => {
    setOpened(false);
    onView(filterColumn(view, key, next));
  };
  return (
    <span className={classes.chip}>
      <Popover
        opened={opened}
        onChange={setOpened}
        width="17rem"
        position="bottom-start"
        trapFocus
        returnFocus
        portalProps={{ target: '#main' }}
      >
        <Popover.Target>
          <button type="button" className={classes.chipWords} onClick={() => setOpened((now) => !now)}>
            <Text span inherit fw={600}>
              {header}:
            </Text>{' '}
            {filterWords(filter, form, t, format)}
          </button>
        </Popover.Target>
        <Popover.Dropdown p="xs">
          <ShortcutLayer>
            {form && <FilterForm label={header} form={form} filter={filter} onFilter={change} />}
          </ShortcutLayer>
        </Popover.Dropdown>
      </Popover>
      <CloseButton size="xs" aria-label={t('filter.removeOf', { column: header })} onClick={() => change(null)} />
    </span>
  );
}
