import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template, TemplateVersion } from '../../../shared/contract/mail';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { showError } from '../../ui/showError';

/** The versions of a text through time, the newest first; one that has not begun can be taken back. */
export function TemplateVersions({ template, today }: { template: Template; today: string }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const queries = useQueryClient();
  const maySet = useMay('templates.withdraw');
  const withdraw = useMutation(
    trpc.templates.withdraw.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('templates.withdrawn'), color: 'green' });
        void queries.invalidateQueries(trpc.templates.pathFilter());
      },
      onError: showError,
    }),
  );
  const columns = useMemo<RecordColumn<TemplateVersion>[]>(
    () => [
      {
        key: 'period',
        header: t('templates.columnPeriod'),
        kind: 'date',
        render: ({ validFrom, validTo }) =>
          validTo
            ? t('templates.period.closed', { from: format.date(validFrom), to: format.date(validTo) })
            : t('templates.period.open', { from: format.date(validFrom) }),
      },
      { key: 'subject', header: t('templates.subject'), render: ({ subject }) => subject },
      {
        key: 'who',
        header: t('templates.column.who'),
        render: ({ recordedByName }) => recordedByName ?? t('templates.initial'),
      },
      {
        key: 'acts',
        header: t('templates.columnActs'),
        render: ({ id, validFrom }) =>
          maySet &&
          validFrom > today && (
            <Button
              size="compact-xs"
              variant="default"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ id, requestId: crypto.randomUUID() })}
            >
              {t('templates.withdraw')}
            </Button>
          ),
      },
    ],
    [t, format, maySet, today, withdraw],
  );
  if (template.versions.length === 0) return <Nothing />;
  return (
    <RecordTable
      label={t('templates.tab.versions')}
      columns={columns}
      rows={template.versions}
      rowKey={({ id }) => id}
      minWidth={480}
    />
  );
}
