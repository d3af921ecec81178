import { Button, Radio, Stack } from '@mantine/core';
import { IconClipboardPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkDrawer, type BulkSubject } from '../../app/bulk/BulkDrawer';
import { trpc } from '../../app/trpc';
import { useMay } from '../../ui/permissions';
import { AssignFields } from './AssignFields';
import { EMPTY_PLAN, type PlanDraft, planActOf } from './bulkOrders';

interface PlanOrdersProps extends BulkSubject {
  /** The act was run and its receipt put away. */
  onDone: () => void;
}

/** Makes an order for each of the meters chosen in a list. */
export function PlanOrders({ onDone, ...subject }: PlanOrdersProps) {
  const { t } = useTranslation('orders');
  const may = useMay('orders.make');
  const [opened, setOpened] = useState(false);
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today;
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<IconClipboardPlus size={14} aria-hidden />}
        disabled={!today}
        onClick={() => setOpened(true)}
      >
        {t('bulk.plan')}
      </Button>
      {opened && today && (
        <BulkDrawer<PlanDraft>
          {...subject}
          title={t('bulk.plan')}
          list="meters"
          draftId="orders.plan"
          empty={EMPTY_PLAN}
          fields={(draft, onDraft) => (
            <Stack gap="md">
              <Radio.Group
                label={t('make.kind')}
                value={draft.kind}
                onChange={(kind) => onDraft({ ...draft, kind: kind as PlanDraft['kind'] })}
              >
                <Stack gap={6} mt={6}>
                  {(['exchange', 'control_reading'] as const).map((kind, at) => (
                    <Radio
                      key={kind}
                      value={kind}
                      label={t(`kind.${kind}`)}
                      {...(at === 0 && { 'data-autofocus': true })}
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <AssignFields
                typed={draft}
                set={(field, value) => onDraft({ ...draft, [field]: value })}
                errors={{}}
                today={today}
              />
            </Stack>
          )}
          actOf={planActOf}
          sentence={({ kind }, counted) => t('bulk.planSentence', { ...counted, kind: t(`kind.${kind}`) })}
          hint={t('bulk.planHint')}
          confirm={(counted) => t('bulk.planConfirm', { ...counted })}
          onClose={(ran) => {
            setOpened(false);
            if (ran) onDone();
          }}
        />
      )}
    </>
  );
}
