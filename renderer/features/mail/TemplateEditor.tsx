import { Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/mail';
import { type Letterhead, renderMail, type TemplateText } from '../../../shared/domain/mail-template';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { MailText } from './MailText';
import classes from './mail.module.css';
import { useMailWords } from './useMailWords';

type Field = 'subject' | 'body' | 'validFrom';

interface TemplateEditorProps {
  typed: Readonly<Record<Field, string>>;
  set: (field: Field, value: string) => void;
  errors: Partial<Record<Field, string>>;
  labels: Readonly<Record<Field, string>>;
  template: Template;
  today: string;
  letterhead: Letterhead | null;
}

/** The text on the left, what it becomes on the right; a field is put where the cursor was last. */
export function TemplateEditor({ typed, set, errors, labels, template, today, letterhead }: TemplateEditorProps) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const last = useRef<'subject' | 'body'>('body');
  const newest = template.versions[0];

  const insert = (name: string) => {
    const part = template.secrets.includes(name) ? 'body' : last.current;
    const field = part === 'subject' ? subject.current : body.current;
    if (!field) return;
    const piece = `{{${name}}}`;
    const from = field.selectionStart ?? field.value.length;
    const to = field.selectionEnd ?? from;
    set(part, `${field.value.slice(0, from)}${piece}${field.value.slice(to)}`);
    // After the value has come back from the form.
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(from + piece.length, from + piece.length);
    });
  };
  return (
    <div className={classes.editor}>
      <Stack gap="md">
        <TextInput
          ref={subject}
          label={labels.subject}
          maxLength={200}
          required
          autoComplete="off"
          value={typed.subject}
          onFocus={() => {
            last.current = 'subject';
          }}
          onChange={(event) => set('subject', event.currentTarget.value)}
          error={errors.subject}
        />
        <FieldButtons names={[...template.fields, ...template.secrets]} onInsert={insert} />
        <Textarea
          ref={body}
          label={labels.body}
          description={t('templates.bodyHint')}
          maxLength={10_000}
          required
          autosize
          minRows={12}
          maxRows={20}
          data-autofocus
          value={typed.body}
          onFocus={() => {
            last.current = 'body';
          }}
          onChange={(event) => set('body', event.currentTarget.value)}
          error={errors.body}
        />
        <DayField
          label={labels.validFrom}
          required
          minDate={today}
          value={typed.validFrom}
          onChange={(day) => set('validFrom', day)}
          error={errors.validFrom}
          {...(newest && newest.validFrom > today
            ? { description: t('templates.replaces', { day: format.date(newest.validFrom) }) }
            : {})}
        />
      </Stack>
      <TemplatePreview text={typed} template={template} letterhead={letterhead} />
    </div>
  );
}

function FieldButtons({ names, onInsert }: { names: readonly string[]; onInsert: (name: string) => void }) {
  const { t } = useTranslation('mail');
  const words = useMailWords();
  if (names.length === 0) return null;
  return (
    <Fieldset variant="unstyled" legend={t('templates.fields')} className={classes.fields ?? ''}>
      <Group gap={6}>
        {names.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} aria-hidden />}
            // The cursor stays where it is, so that the field knows where to put it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onInsert(name)}
          >
            {words.field(name)}
          </Button>
        ))}
      </Group>
    </Fieldset>
  );
}

interface TemplatePreviewProps {
  text: TemplateText;
  template: Template;
  letterhead: Letterhead | null;
}

/** What becomes of the text, with sample data in its fields. */
export function TemplatePreview({ text, template, letterhead }: TemplatePreviewProps) {
  const { t } = useTranslation('mail');
  const words = useMailWords();
  const { subject, body } = text;
  // Typing stays ahead of the frame, which is loaded anew for each text.
  const shown = useDeferredValue(useMemo(() => ({ subject, body }), [subject, body]));
  const rendered = useMemo(() => {
    const { fields, secrets } = template;
    const samples = Object.fromEntries([...fields, ...secrets].map((name) => [name, words.sample(name)]));
    return renderMail(shown, samples, { secrets, letterhead: template.channel === 'mail' ? letterhead : null });
  }, [shown, template, letterhead, words]);
  return (
    <section className={classes.preview} aria-label={t('templates.preview')}>
      <Text size="sm" c="dimmed">
        {t('templates.preview')}
      </Text>
      <Text fw={600}>{rendered.subject}</Text>
      {/* A letter is drawn on paper: how it looks there is no matter of its text. */}
      <MailText text={rendered.text} html={template.channel === 'mail' ? rendered.html : null} />
    </section>
  );
}
