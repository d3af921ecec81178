import { SimpleGrid, Switch, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { Keys } from '../../ui/Keys';

/** All shortcuts of the product by where they work; the cheat sheet (`?`) shows those of the screen one is at. */
const GROUPS = {
  everywhere: [
    ['Ctrl+K', 'search'],
    ['Ctrl+L', 'lock'],
    ['Ctrl+S', 'save'],
    ['Alt+W', 'closeTab'],
    ['?', 'help'],
  ],
  lists: [
    ['J', 'next'],
    ['K', 'previous'],
    ['Enter', 'open'],
    ['Ctrl+P', 'print'],
  ],
  records: [
    ['E', 'edit'],
    ['Ctrl+O', 'chooseFile'],
  ],
  tasks: [
    ['N', 'newTask'],
    ['Z', 'complete'],
    ['P', 'takeOver'],
  ],
} as const;

/** What can be done by key, and whether single letters count. */
export function ShortcutSettings() {
  const { t } = useTranslation('settings');
  const { user, saveSettings } = useSession();
  const { singleKeys } = user.settings;
  return (
    <>
      <Switch
        mb="md"
        label={t('keys.single')}
        description={t('keys.singleHint')}
        checked={singleKeys}
        onChange={(event) => void saveSettings({ singleKeys: event.currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {(['everywhere', 'lists', 'records', 'tasks'] as const).map((group) => (
          <div key={group}>
            <Title order={3} size="h5" mb={4}>
              {t(`keys.group.${group}`)}
            </Title>
            <Table verticalSpacing={4} aria-label={t(`keys.group.${group}`)}>
              <Table.Tbody>
                {GROUPS[group].map(([keys, word]) => (
                  <Table.Tr
                    key={keys}
                    {...(!singleKeys && keys.length === 1 ? { c: 'dimmed', td: 'line-through' } : {})}
                  >
                    <Table.Td>{t(`keys.act.${word}`)}</Table.Td>
                    <Table.Td ta="right">
                      <Keys keys={keys} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ))}
      </SimpleGrid>
    </>
  );
}
