import { Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DOCUMENT_CATEGORIES,
  type DocumentCategory,
  type DocumentRecord,
  type EditDocumentResult,
} from '../../../shared/contract/documents';
import { trpc } from '../../app/trpc';
import { ConflictDialog, type ConflictSide } from '../../ui/ConflictDialog';
import { useDraft } from '../../ui/drafts';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';

type Values = Pick<DocumentRecord, 'title' | 'category'>;
type Conflict = Extract<EditDocumentResult, { status: 'conflict' }>['fields'];
const FIELDS = ['title', 'category'] as const;

const valuesOf = ({ title, category }: Values): Values => ({ title, category });

function changesOf(base: Values, values: Values) {
  const title = values.title.trim();
  return {
    ...(title !== base.title && { title: { from: base.title, to: title } }),
    ...(values.category !== base.category && { category: { from: base.category, to: values.category } }),
  };
}

/** Name and kind of a document, compared field by field with what others stored meanwhile. */
export function EditDocument({ document, onClose }: { document: DocumentRecord; onClose: () => void }) {
  const { t } = useTranslation('documents');
  const cache = useQueryClient();
  const [base, setBase] = useState(() => valuesOf(document));
  const [values, setValues] = useState(base);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [offline, setOffline] = useState(false);
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const changes = changesOf(base, values);
  const dirty = Object.keys(changes).length > 0;
  const draft = useDraft(
    `documents.edit.${document.id}`,
    { base, values },
    {
      dirty,
      onRestore: (kept) => {
        setBase(kept.base);
        setValues(kept.values);
      },
    },
  );
  const done = () => {
    void draft.discard();
    onClose();
  };
  const edit = useMutation(
    trpc.documents.edit.mutationOptions({
      onSuccess: async (result) => {
        wish.current = null;
        await cache.invalidateQueries(trpc.documents.pathFilter());
        if (result.status === 'conflict') return setConflict(result.fields);
        notifications.show({ message: t('edit.saved'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        done();
      },
      onError: (error) => (errorShape(error).code === 'CONNECTION_LOST' ? setOffline(true) : showError(error)),
    }),
  );
  const save = (wanted: ReturnType<typeof changesOf>) => {
    if (Object.keys(wanted).length === 0) return done();
    const content = JSON.stringify(wanted);
    // The same wish sent again after a lost answer is the same act.
    if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
    setOffline(false);
    edit.mutate({ id: document.id, requestId: wish.current.requestId, changes: wanted });
  };
  const resolve = (choice: Record<string, ConflictSide>) => {
    if (!conflict) return;
    const theirs: Values = { ...base };
    const mine: Values = { ...values };
    for (const field of FIELDS) {
      const sides = conflict[field];
      if (!sides) continue;
      Object.assign(theirs, { [field]: sides.theirs });
      Object.assign(mine, { [field]: sides[choice[field] ?? 'mine'] });
    }
    setBase(theirs);
    setValues(mine);
    setConflict(null);
    save(changesOf(theirs, mine));
  };
  const conflicts = useMemo(
    () =>
      FIELDS.flatMap((field) => {
        const sides = conflict?.[field];
        if (!sides) return [];
        const shown = (value: string) => (field === 'title' ? value : t(`category.${value as DocumentCategory}`));
        const { mine, theirs, original } = sides;
        const label = t(field === 'title' ? 'edit.name' : 'edit.category');
        return [{ field, label, mine: shown(mine), theirs: shown(theirs), original: shown(original) }];
      }),
    [conflict, t],
  );
  if (!draft.ready) return null;
  const nameless = values.title.trim() === '';
  return (
    <>
      <FormDrawer
        opened
        title={t('edit.title')}
        dirty={dirty}
        saving={edit.isPending}
        connectionLost={offline}
        draftSavedAt={draft.savedAt}
        draftRestoredAt={draft.restoredAt}
        onClose={onClose}
        onDiscard={done}
        onSubmit={() => !nameless && save(changes)}
      >
        <TextInput
          label={t('edit.name')}
          value={values.title}
          onChange={({ currentTarget }) => setValues({ ...values, title: currentTarget.value })}
          error={nameless ? t('edit.nameMissing') : null}
          maxLength={200}
          data-autofocus
          required
        />
        <Select
          mt="md"
          label={t('edit.category')}
          data={DOCUMENT_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
          value={values.category}
          onChange={(value) => value && setValues({ ...values, category: value as DocumentCategory })}
          allowDeselect={false}
        />
      </FormDrawer>
      <ConflictDialog
        opened={conflict !== null}
        conflicts={conflicts}
        saving={edit.isPending}
        onResolve={resolve}
        onCancel={() => setConflict(null)}
      />
    </>
  );
}
