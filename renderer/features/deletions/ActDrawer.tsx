import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';

interface ActDrawerProps<Values extends object, Answer> {
  title: string;
  saveLabel: string;
  draftId: string;
  values: Values;
  /** Puts back what an earlier visit left behind. */
  onRestore: (values: Values) => void;
  dirty: boolean;
  /** Whether it may go; what is missing is then shown in the form. */
  check: () => boolean;
  /** One wish, one request id: sent again after a lost answer it is the same act. */
  act: (requestId: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form for one act on a deletion: a draft is kept, a second click is the same act, an error leaves everything typed. */
export function ActDrawer<Values extends object, Answer>(props: ActDrawerProps<Values, Answer>) {
  const { values, onRestore, dirty, onClose } = props;
  const queries = useQueryClient();
  const draft = useDraft(props.draftId, values, { dirty, onRestore });
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const leave = () => void draft.discard().then(onClose);
  const mutation = useMutation({
    mutationFn: () => {
      const content = JSON.stringify(values);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return props.act(wish.current.requestId);
    },
    onSuccess: async (answer) => {
      await draft.discard();
      for (const touched of [trpc.deletions, trpc.accounts, trpc.approvals, trpc.dashboard]) {
        void queries.invalidateQueries(touched.pathFilter());
      }
      onClose();
      props.onDone(answer);
    },
    onError: (error) => {
      // Said in the form, which keeps what was typed.
      if (errorShape(error).code !== 'CONNECTION_LOST') showError(error);
    },
  });
  if (!draft.ready) return null;
  return (
    <FormDrawer
      opened
      title={props.title}
      saveLabel={props.saveLabel}
      dirty={dirty}
      saving={mutation.isPending}
      connectionLost={mutation.isError && errorShape(mutation.error).code === 'CONNECTION_LOST'}
      draftSavedAt={draft.savedAt}
      draftRestoredAt={draft.restoredAt}
      onClose={onClose}
      onDiscard={leave}
      onSubmit={() => {
        if (props.check() && !mutation.isPending) mutation.mutate();
      }}
    >
      {props.children}
    </FormDrawer>
  );
}
