import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { useFormat } from '../../ui/format';
import { showError } from '../../ui/showError';
import type { Refusal } from './UndoObstacles';

interface UndoImportProps {
  importId: string;
  /** What the button says; its name for a screen reader always has the number of the import. */
  label: string;
  /** In a row of a list. */
  small?: boolean;
  onUndone?: () => void;
  /** Told what stands in the way. The list may read its rows anew meanwhile, so the screen keeps it, not the button. */
  onRefused: (refusal: Refusal) => void;
}

/** Takes a whole import back, after asking. */
export function UndoImport({ importId, label, small = false, onUndone, onRefused }: UndoImportProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  /** Sent again after a lost answer, it is the same act. */
  const request = useRef<string>(null);
  const undo = useMutation(
    trpc.imports.undo.mutationOptions({
      onSuccess: (result) => {
        setAsking(false);
        request.current = null;
        if (result.status === 'refused') return onRefused({ importId, ...result });
        void cache.invalidateQueries();
        onUndone?.();
        notifications.show({
          role: 'status',
          message: t('undo.done', {
            id: importId,
            removed: format.count(result.removed),
            restored: format.count(result.restored),
          }),
        });
      },
      onError: (error) => {
        setAsking(false);
        showError(error);
      },
    }),
  );
  return (
    <>
      <Button
        variant="default"
        size={small ? 'compact-xs' : 'sm'}
        leftSection={<IconArrowBackUp size={small ? 14 : 16} aria-hidden />}
        aria-label={t('undo.act', { id: importId })}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      <ConfirmDanger
        opened={asking}
        title={t('undo.title', { id: importId })}
        confirmLabel={t('undo.confirm')}
        busy={undo.isPending}
        onConfirm={() => {
          request.current ??= crypto.randomUUID();
          undo.mutate({ importId, requestId: request.current });
        }}
        onClose={() => setAsking(false)}
      >
        {t('undo.text')}
      </ConfirmDanger>
    </>
  );
}
