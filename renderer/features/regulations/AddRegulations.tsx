import { FileInput, Loader, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconFileTypePdf } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SLOT_BYTES } from '../../../shared/bridge';
import { host } from '../../app/host';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { errorSentence } from '../../ui/showError';

type Field = 'label' | 'effectiveOn' | 'summary' | 'upload' | 'fileName';
const EMPTY: Record<Field, null> = { label: null, effectiveOn: null, summary: null, upload: null, fileName: null };

/** A new version with its PDF. Nobody is told of it yet: that is an act of its own. */
export function AddRegulations({
  earliest,
  onClose,
}: {
  /** First day it may take effect on. */ earliest: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('regulations');
  const format = useFormat();
  const queries = useQueryClient();
  const labels = {
    label: t('add.label'),
    effectiveOn: t('column.effectiveOn'),
    summary: t('add.summary'),
    upload: t('add.file'),
    fileName: t('add.file'),
  };
  return (
    <ComparedDrawer<Field>
      title={t('add.title')}
      stored={EMPTY}
      labels={labels}
      draftId="regulations.add"
      validate={(typed) => ({
        ...(typed.label.trim() ? {} : { label: t('add.labelMissing') }),
        ...(typed.effectiveOn ? {} : { effectiveOn: t('add.dayMissing') }),
        ...(typed.summary.trim() ? {} : { summary: t('add.summaryMissing') }),
        ...(typed.upload ? {} : { upload: t('add.fileMissing') }),
      })}
      save={async (changes, requestId) => {
        const of = (field: Field) => changes[field]?.to ?? '';
        await client.regulations.add.mutate({
          requestId,
          label: of('label'),
          effectiveOn: of('effectiveOn'),
          summary: of('summary'),
          upload: of('upload'),
        });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({ message: t('add.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.regulations.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Stack gap="md">
          <TextInput
            label={labels.label}
            description={t('add.labelHint')}
            required
            autoComplete="off"
            maxLength={120}
            data-autofocus
            value={typed.label}
            onChange={(event) => set('label', event.currentTarget.value)}
            error={errors.label}
          />
          <DayField
            label={labels.effectiveOn}
            description={t('add.dayHint', { day: format.date(earliest) })}
            required
            value={typed.effectiveOn}
            onChange={(day) => set('effectiveOn', day)}
            error={errors.effectiveOn}
          />
          <PdfField
            fileName={typed.fileName}
            error={errors.upload}
            onStaged={({ upload, fileName }) => {
              set('upload', upload);
              set('fileName', fileName);
            }}
          />
          <Textarea
            label={labels.summary}
            description={t('add.summaryHint')}
            required
            autosize
            minRows={4}
            maxRows={12}
            maxLength={4000}
            value={typed.summary}
            onChange={(event) => set('summary', event.currentTarget.value)}
            error={errors.summary}
          />
        </Stack>
      )}
    </ComparedDrawer>
  );
}

interface PdfFieldProps {
  /** Of the file that waits in the database already. */
  fileName: string;
  error: string | undefined;
  onStaged: (file: { upload: string; fileName: string }) => void;
}

/** The PDF goes to the database as soon as it is chosen, and is looked at there. */
function PdfField({ fileName, error, onStaged }: PdfFieldProps) {
  const { t } = useTranslation('regulations');
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | null) => {
    if (!file) return;
    setRefused(null);
    if (file.size > MAX_SLOT_BYTES) return setRefused(t('add.tooLarge'));
    setSending(true);
    try {
      const { slot } = await host.putFile(file.name, new Uint8Array(await file.arrayBuffer()));
      onStaged(await client.regulations.stage.mutate({ slot }));
    } catch (fault) {
      setRefused(errorSentence(fault));
    } finally {
      setSending(false);
    }
  };
  return (
    <FileInput
      label={t('add.file')}
      description={t('add.fileHint')}
      required
      accept="application/pdf,.pdf"
      placeholder={fileName || t('add.choose')}
      // What was chosen stands in the placeholder's place: a draft has its name alone, no file.
      styles={{ placeholder: { color: `var(--mantine-color-${fileName ? 'text' : 'dimmed'})` } }}
      leftSection={sending ? <Loader size="xs" /> : <IconFileTypePdf size={18} aria-hidden />}
      value={null}
      onChange={(file) => void take(file)}
      error={refused ?? error}
      disabled={sending}
    />
  );
}
