import { Button, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkDrawer, type BulkSubject } from '../../app/bulk/BulkDrawer';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { type AssignDraft, assignActOf, EMPTY_ASSIGN, NOBODY } from './bulkOrders';
import { useFieldWorkers } from './fieldWorkers';

interface AssignOrdersProps extends BulkSubject {
  today: string;
  /** The act was run and its receipt put away. */
  onDone: () => void;
}

/** Gives the chosen orders to a technician, for a day, or both. */
export function AssignOrders({ today, onDone, ...subject }: AssignOrdersProps) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const workers = useFieldWorkers();
  const [opened, setOpened] = useState(false);
  const what = ({ assignee, days, day }: AssignDraft): string => {
    const name = workers.find(({ value }) => value === assignee)?.label ?? assignee;
    const who = assignee && (assignee === NOBODY ? t('bulk.whatNobody') : t('bulk.whatAssignee', { name }));
    const when =
      days !== 'keep' && (days === 'set' ? t('bulk.whatDay', { day: format.date(day) }) : t('bulk.whatNoDay'));
    return [who, when].filter(Boolean).join(', ');
  };
  return (
    <>
      <Button size="compact-sm" leftSection={<IconUserEdit size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {t('bulk.assign')}
      </Button>
      {opened && (
        <BulkDrawer<AssignDraft>
          {...subject}
          title={t('bulk.assign')}
          list="orders"
          draftId="orders.assignMany"
          empty={EMPTY_ASSIGN}
          fields={(draft, onDraft) => <Fields draft={draft} onDraft={onDraft} today={today} workers={workers} />}
          actOf={assignActOf}
          sentence={(draft, counted) => t('bulk.assignSentence', { ...counted, what: what(draft) })}
          hint={t('bulk.assignHint')}
          confirm={(counted) => t('bulk.assignConfirm', { ...counted })}
          onClose={(ran) => {
            setOpened(false);
            if (ran) onDone();
          }}
        />
      )}
    </>
  );
}

interface FieldsProps {
  draft: AssignDraft;
  onDraft: (draft: AssignDraft) => void;
  today: string;
  workers: { value: string; label: string }[];
}

function Fields({ draft, onDraft, today, workers }: FieldsProps) {
  const { t } = useTranslation('orders');
  return (
    <Stack gap="md">
      <Select
        label={t('column.assignee')}
        data-autofocus
        data={[{ value: '', label: t('bulk.unchanged') }, ...workers, { value: NOBODY, label: t('make.nobody') }]}
        value={draft.assignee}
        onChange={(assignee) => onDraft({ ...draft, assignee: assignee ?? '' })}
        allowDeselect={false}
        searchable
        comboboxProps={{ withinPortal: false }}
      />
      <SegmentedControl
        aria-label={t('column.day')}
        data={[
          { value: 'keep', label: t('bulk.unchanged') },
          { value: 'set', label: t('bulk.setDay') },
          { value: 'clear', label: t('bulk.clearDay') },
        ]}
        value={draft.days}
        onChange={(days) => onDraft({ ...draft, days: days as AssignDraft['days'] })}
      />
      {draft.days === 'set' && (
        <DayField
          label={t('column.day')}
          required
          minDate={today}
          value={draft.day}
          onChange={(day) => onDraft({ ...draft, day })}
        />
      )}
    </Stack>
  );
}
