import { SimpleGrid, Stack } from '@mantine/core';
import type { CustomerCard } from '../../../shared/contract/customers';
import { ContactDrawer } from './ContactDrawer';
import { ContactPanel } from './ContactPanel';
import { IdentifiersPanel } from './IdentifiersPanel';
import { SourcePanel } from './SourcePanel';

interface DataTabProps {
  card: CustomerCard;
  editing: boolean;
  onEdit: () => void;
  onEditEnd: () => void;
}

/** The customer's data: what Desk is master of at the left, what billing is master of at the right. */
export function DataTab({ card, editing, onEdit, onEditEnd }: DataTabProps) {
  const open = editing && card.abilities.editContact.allowed;
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {/* The waiting draft is looked for again when the form goes. */}
        <div>
          <ContactPanel key={String(open)} card={card} onEdit={onEdit} />
        </div>
        <Stack gap="md">
          <IdentifiersPanel card={card} />
          <SourcePanel card={card} />
        </Stack>
      </SimpleGrid>
      {open && <ContactDrawer key={card.id} card={card} onClose={onEditEnd} />}
    </>
  );
}
