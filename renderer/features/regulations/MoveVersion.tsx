import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegulationVersion } from '../../../shared/contract/regulations';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';

interface MoveVersionProps {
  version: RegulationVersion;
  earliest: string;
  onClose: () => void;
}

/** Another day for a version nobody was told of yet. */
export function MoveVersion({ version, earliest, onClose }: MoveVersionProps) {
  const { t } = useTranslation('regulations');
  const format = useFormat();
  const queries = useQueryClient();
  const stored = useMemo(() => ({ effectiveOn: version.effectiveOn }), [version.effectiveOn]);
  return (
    <ComparedDrawer<'effectiveOn'>
      title={t('move.title', { label: version.label })}
      stored={stored}
      labels={{ effectiveOn: t('column.effectiveOn') }}
      shown={(_, value) => format.date(value)}
      draftId={`regulations.move.${version.id}`}
      validate={({ effectiveOn }) => (effectiveOn ? {} : { effectiveOn: t('add.dayMissing') })}
      save={async ({ effectiveOn }, requestId) => {
        await client.regulations.move.mutate({ id: version.id, effectiveOn: effectiveOn?.to ?? '', requestId });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({ message: t('move.done'), color: 'green' });
        void queries.invalidateQueries(trpc.regulations.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <DayField
          label={t('column.effectiveOn')}
          description={t('add.dayHint', { day: format.date(earliest) })}
          required
          value={typed.effectiveOn}
          onChange={(day) => set('effectiveOn', day)}
          error={errors.effectiveOn}
        />
      )}
    </ComparedDrawer>
  );
}
