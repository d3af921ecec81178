import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';

interface CaseDrawerProps<Values extends object, Answer> {
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
  /** What to say of it. */
  saved: (answer: Answer) => string;
  onDone?: (answer: Answer) => void;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

/** A form for one step of a case: a draft is kept, a second click is the same act, an error leaves everything typed. */
export function CaseDrawer<Values extends object, Answer>(props: CaseDrawerProps<Values, Answer>) {
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
      for (const touched of [trpc.meterCases, trpc.meters, trpc.dashboard, trpc.customers.points]) {
        void queries.invalidateQueries(touched.pathFilter());
      }
      onClose();
      notifications.show({
        message: props.saved(answer),
        icon: <IconCheck size={18} aria-hidden />,
        color: 'green',
      });
      props.onDone?.(answer);
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
      {...(props.size ? { size: props.size } : {})}
      onSubmit={() => {
        if (props.check() && !mutation.isPending) mutation.mutate();
      }}
    >
      {props.children}
    </FormDrawer>
  );
}
