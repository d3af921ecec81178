import { Drawer, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/mail';
import { type Letterhead, templateFaults } from '../../../shared/domain/mail-template';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { Nothing } from '../../ui/RecordTable';
import { ShortcutLayer } from '../../ui/shortcuts';
import { TemplateEditor, TemplatePreview } from './TemplateEditor';
import { TemplateVersions } from './TemplateVersions';
import { useMailWords } from './useMailWords';

interface TemplateDrawerProps {
  template: Template;
  today: string;
  letterhead: Letterhead | null;
  onClose: () => void;
}

type Field = 'subject' | 'body' | 'validFrom';

/** One text: its form beside a live preview for who may set it, else what it says; and its versions. */
export function TemplateDrawer(props: TemplateDrawerProps) {
  return useMay('templates.set') ? <SetTemplate {...props} /> : <ReadTemplate {...props} />;
}

function SetTemplate({ template, today, letterhead, onClose }: TemplateDrawerProps) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const words = useMailWords();
  const queries = useQueryClient();
  const newest = template.versions[0];
  const subject = newest?.subject ?? null;
  const body = newest?.body ?? null;
  const validFrom = newest && newest.validFrom > today ? newest.validFrom : today;
  const stored = useMemo(() => ({ subject, body, validFrom }), [subject, body, validFrom]);
  const labels = {
    subject: t(template.channel === 'mail' ? 'templates.subject' : 'templates.letterTitle'),
    body: t('templates.body'),
    validFrom: t('templates.from'),
  };
  const faultsIn = (part: 'subject' | 'body', text: { subject: string; body: string }): string | undefined => {
    const { unknown, stray, missing } = templateFaults(text, template);
    if (unknown[part].length > 0) return t('templates.unknown', { fields: unknown[part].join(', ') });
    if (stray[part]) return t('templates.stray', { open: '{{', close: '}}' });
    if (part === 'body' && missing.length > 0) {
      return t('templates.missing', { fields: missing.map(words.field).join(', ') });
    }
    return undefined;
  };
  return (
    <ComparedDrawer<Field>
      title={words.template(template.key)}
      size="76rem"
      stored={stored}
      labels={labels}
      shown={(field, value) => (field === 'validFrom' ? format.date(value) : value)}
      draftId={`templates.set.${template.key}`}
      validate={(typed) => {
        const wrongSubject = typed.subject.trim() ? faultsIn('subject', typed) : t('templates.subjectMissing');
        const wrongBody = typed.body.trim() ? faultsIn('body', typed) : t('templates.bodyMissing');
        return {
          ...(wrongSubject ? { subject: wrongSubject } : {}),
          ...(wrongBody ? { body: wrongBody } : {}),
          ...(!typed.validFrom || typed.validFrom < today ? { validFrom: t('templates.fromWrong') } : {}),
        };
      }}
      save={async (changes, requestId) => {
        await client.templates.set.mutate({
          requestId,
          key: template.key,
          subject: changes.subject ? (changes.subject.to ?? '') : (subject ?? ''),
          body: changes.body ? (changes.body.to ?? '') : (body ?? ''),
          validFrom: changes.validFrom?.to ?? validFrom,
          expected: newest?.id ?? null,
        });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({
          message: t('templates.saved'),
          icon: <IconCheck size={18} aria-hidden />,
          color: 'green',
        });
        void queries.invalidateQueries(trpc.templates.pathFilter());
      }}
      onClose={onClose}
    >
      {(form) => (
        <Tabs defaultValue="edit" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="edit">{t('templates.tab.edit')}</Tabs.Tab>
            <Tabs.Tab value="versions">{t('templates.tab.versions')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="edit">
            <TemplateEditor
              {...form}
              // While it is typed, what no save would pass is said at once.
              errors={{
                ...form.errors,
                ...withValue('subject', faultsIn('subject', form.typed)),
                ...withValue('body', faultsIn('body', form.typed)),
              }}
              labels={labels}
              template={template}
              today={today}
              letterhead={letterhead}
            />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <TemplateVersions template={template} today={today} />
          </Tabs.Panel>
        </Tabs>
      )}
    </ComparedDrawer>
  );
}

function withValue(field: Field, value: string | undefined): Partial<Record<Field, string>> {
  return value === undefined ? {} : { [field]: value };
}

function ReadTemplate({ template, today, letterhead, onClose }: TemplateDrawerProps) {
  const { t } = useTranslation(['mail', 'ui']);
  const words = useMailWords();
  const present = template.versions.find(({ id }) => id === template.presentId);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="44rem"
      title={words.template(template.key)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        <Tabs defaultValue="edit" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="edit">{t('templates.tab.edit')}</Tabs.Tab>
            <Tabs.Tab value="versions">{t('templates.tab.versions')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="edit">
            {present ? <TemplatePreview text={present} template={template} letterhead={letterhead} /> : <Nothing />}
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <TemplateVersions template={template} today={today} />
          </Tabs.Panel>
        </Tabs>
      </ShortcutLayer>
    </Drawer>
  );
}
