import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChange, DataChangeField } from '../../../shared/contract/data-changes';
import { client, trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/** Taken or refused, field by field; a field without a word is not decided yet. */
export type Choices = Partial<Record<DataChangeField, boolean>>;

/** Whether the record has another value than when the customer asked, and not the wanted one. */
export function hasChanged({ old, now, new: wanted }: DataChange['fields'][number]): boolean {
  return now !== old && now !== wanted;
}

/** A request with its values, and its decision. Each reading of the values is written to the read log: it is read once. */
export function useDataChange(id: string, onDecided: () => void) {
  const { t } = useTranslation('accounts');
  const queries = useQueryClient();
  const [choices, setChoices] = useState<Choices>({});
  const [conflict, setConflict] = useState(false);
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const request = useQuery({
    queryKey: [['dataChanges', 'values'], { input: { id } }],
    queryFn: () => client.dataChanges.open.mutate({ id }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const fields = request.data?.fields ?? [];
  // What nobody touched meanwhile is taken unless the clerk says otherwise; the rest waits for a word.
  const chosen = (field: DataChange['fields'][number]) =>
    choices[field.field] ?? (hasChanged(field) ? undefined : true);
  const decision = useMutation({
    mutationFn: (note: string) => {
      const accepted = Object.fromEntries(
        fields.filter((field) => chosen(field) === true).map(({ field, now }) => [field, now]),
      );
      const content = JSON.stringify([accepted, note]);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return client.dataChanges.decide.mutate({
        id,
        requestId: wish.current.requestId,
        accepted,
        note: note.trim() || null,
      });
    },
    onSuccess: async (answer) => {
      if (answer.status === 'conflict') {
        setConflict(true);
        setChoices((before) =>
          Object.fromEntries(Object.entries(before).filter(([field]) => !(field in answer.fields))),
        );
        await request.refetch();
        return;
      }
      notifications.show({ message: t(`change.decided.${answer.outcome}`), color: 'green' });
      onDecided();
    },
    onError: showError,
    onSettled: () => {
      void queries.invalidateQueries(trpc.dataChanges.pathFilter());
      void queries.invalidateQueries(trpc.accounts.pathFilter());
    },
  });
  return {
    request,
    fields,
    chosen,
    choose: (field: DataChangeField, taken: boolean) => setChoices((before) => ({ ...before, [field]: taken })),
    touched: Object.keys(choices).length > 0,
    undecided: fields.some((field) => chosen(field) === undefined),
    refuses: fields.some((field) => chosen(field) === false),
    conflict,
    decide: (note: string) => decision.mutate(note),
    deciding: decision.isPending,
  };
}
