import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { OneLine, type StepProps } from './StepDrawers';

/** The note for colleagues, compared with what others wrote meanwhile. */
export function EditNote({ record, onClose }: StepProps) {
  const { t } = useTranslation('meterCases');
  const queries = useQueryClient();
  return (
    <ComparedDrawer
      title={t('drawer.edit')}
      stored={{ note: record.note }}
      labels={{ note: t('open.note') }}
      draftId={`meterCases.edit.${record.id}`}
      save={(changes, requestId) => client.meterCases.edit.mutate({ id: record.id, requestId, changes })}
      onSaved={() => void queries.invalidateQueries(trpc.meterCases.pathFilter())}
      onClose={onClose}
    >
      {({ typed, set }) => (
        <OneLine
          label={t('open.note')}
          description={t('open.noteHint')}
          value={typed.note}
          onChange={(text) => set('note', text)}
        />
      )}
    </ComparedDrawer>
  );
}
