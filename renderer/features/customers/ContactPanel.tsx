import { Alert, Button, Group, Paper, Text, Title, Tooltip } from '@mantine/core';
import { IconHistory, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Contact, CustomerCard, PREFERRED_CONTACTS } from '../../../shared/contract/customers';
import { useStoredDraft } from '../../ui/drafts';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useShortcut } from '../../ui/shortcuts';
import { contactDraftId } from './useContactForm';

type PreferredContact = (typeof PREFERRED_CONTACTS)[number];

interface ContactPanelProps {
  card: CustomerCard;
  onEdit: () => void;
}

/** Contact data to read, the way to edit them or the reason why not, and a draft that waits. */
export function ContactPanel({ card, onEdit }: ContactPanelProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const draft = useStoredDraft(contactDraftId(card.id));
  const { allowed, reason } = card.abilities.editContact;
  useShortcut('E', t('contact.edit'), onEdit, { enabled: allowed });
  const { contact } = card;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="contact-title">
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} size="h4" id="contact-title">
          {t('contact.title')}
        </Title>
        <Tooltip
          label={allowed ? t('contact.editKeys') : t(`contact.notAllowed.${reason ?? 'role'}`)}
          multiline
          maw="20rem"
        >
          <Button
            variant={allowed ? 'filled' : 'default'}
            leftSection={<IconPencil size={16} aria-hidden />}
            // Not `disabled`: the reason why not must be reachable by keyboard.
            aria-disabled={!allowed}
            {...(!allowed && { 'data-disabled': true })}
            onClick={() => allowed && onEdit()}
          >
            {t('contact.edit')}
          </Button>
        </Tooltip>
      </Group>
      {!allowed && (
        <Text size="xs" c="dimmed" mb="sm">
          {t(`contact.notAllowed.${reason ?? 'role'}`)}
        </Text>
      )}
      {draft && allowed && (
        <Alert color="yellow" icon={<IconHistory size={18} aria-hidden />} mb="sm" p="xs">
          <Group justify="space-between" gap="xs">
            {t('contact.draftWaits', { when: format.dateTime(draft.savedAt) })}
            <Button size="xs" variant="default" onClick={onEdit}>
              {t('contact.resume')}
            </Button>
          </Group>
        </Alert>
      )}
      <KeyValue
        items={[
          { label: t('contact.field.phone'), value: contact.phone },
          { label: t('contact.field.phoneAlt'), value: contact.phoneAlt },
          { label: t('contact.field.email'), value: contact.email },
          { label: t('contact.field.emailAlt'), value: contact.emailAlt },
          {
            label: t('contact.postalAddress'),
            value: postalAddress(contact) ?? <Text c="dimmed">{t('contact.samePostal')}</Text>,
          },
          {
            label: t('contact.field.preferredContact'),
            value: contact.preferredContact && t(`list.contact.${contact.preferredContact as PreferredContact}`),
          },
          { label: t('contact.field.officeNote'), value: contact.officeNote },
        ]}
      />
    </Paper>
  );
}

/** The postal address as on an envelope, in one line; null when letters go to the supply point. */
function postalAddress(contact: Contact): string | null {
  const { postalStreet, postalHouseNo, postalFlatNo, postalCode, postalCity } = contact;
  const house = [postalHouseNo, postalFlatNo].filter(Boolean).join('/');
  // Without streets the house number stands after the place.
  const street = [postalStreet ?? postalCity, house].filter(Boolean).join(' ');
  const place = [postalCode, postalCity].filter(Boolean).join(' ');
  const lines = house || postalStreet ? [street, place] : [place];
  return lines.filter(Boolean).join(', ') || null;
}
