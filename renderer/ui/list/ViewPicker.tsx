import { Button, Group, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBookmark,
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../shared/contract/lists';
import { ConfirmDanger } from '../ConfirmDanger';
import classes from './list.module.css';
import { type NamedView, NameView } from './NameView';

/** The saved views of a list and what can be done with them. */
export interface ViewsPort {
  views: readonly SavedView[];
  /** The one on screen; null is the standard. */
  current: SavedView | null;
  /** Whether the list has been arranged differently since. */
  changed: boolean;
  choose: (view: SavedView | null) => void;
  /** Stores what is on screen: under `id`, or as a new one when that is null. Answers whether it was stored. */
  save: (id: string | null, named: NamedView) => Promise<boolean>;
  /** Name and sharing alone; the stored arrangement stays. */
  rename: (view: SavedView, named: NamedView) => Promise<boolean>;
  remove: (view: SavedView) => Promise<boolean>;
  pin: (view: SavedView, pinned: boolean) => void;
}

/** Which saved view the list shows, and keeping, naming, sharing, pinning and removing one. */
export function ViewPicker({ port }: { port: ViewsPort }) {
  const { t } = useTranslation('lists');
  const { views, current, changed } = port;
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const [removing, setRemoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const own = views.filter((view) => view.own);
  const others = views.filter((view) => !view.own);
  const during = async (act: Promise<boolean>, done: () => void) => {
    setBusy(true);
    const stored = await act;
    if (stored) done();
    setBusy(false);
    return stored;
  };
  const entry = (view: SavedView) => (
    <Menu.RadioItem
      key={view.id}
      value={view.id}
      checked={view.id === current?.id}
      closeMenuOnClick
      rightSection={
        <Group gap={4} wrap="nowrap">
          {view.pinned && <IconPin size={14} role="img" aria-label={t('view.isPinned')} />}
          {view.shared && <IconUsers size={14} role="img" aria-label={t('view.isShared')} />}
        </Group>
      }
      onChange={() => port.choose(view)}
    >
      {view.own ? view.name : t('view.of', { name: view.name, owner: view.ownerName })}
    </Menu.RadioItem>
  );
  return (
    <>
      <Menu position="bottom-end" portalProps={{ target: '#main' }} classNames={{ dropdown: classes.menu }}>
        <Menu.Target>
          <Button
            variant="default"
            className={classes.view}
            leftSection={<IconBookmark size={16} stroke={1.75} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            px="sm"
          >
            <span className={classes.viewName}>{current?.name ?? t('view.standard')}</span>
            {changed && <span className={classes.viewChanged}>{t('view.changed')}</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('view.menu')}>
          <Menu.RadioItem
            value="standard"
            checked={current === null}
            closeMenuOnClick
            onChange={() => port.choose(null)}
          >
            {t('view.standard')}
          </Menu.RadioItem>
          {own.length > 0 && <Menu.Label>{t('view.own')}</Menu.Label>}
          {own.map(entry)}
          {others.length > 0 && <Menu.Label>{t('view.shared')}</Menu.Label>}
          {others.map(entry)}
          <Menu.Divider />
          {current?.own && changed && (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={() => void port.save(current.id, { name: current.name, shared: current.shared })}
            >
              {t('view.save')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNaming('new')}>
            {t('view.saveAs')}
          </Menu.Item>
          {changed && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => port.choose(current)}>
              {t(current ? 'view.backToSaved' : 'view.backToStandard')}
            </Menu.Item>
          )}
          {current && (
            <Menu.Item
              leftSection={current.pinned ? <IconPinnedOff size={16} aria-hidden /> : <IconPin size={16} aria-hidden />}
              onClick={() => port.pin(current, !current.pinned)}
            >
              {t(current.pinned ? 'view.unpin' : 'view.pin')}
            </Menu.Item>
          )}
          {current?.own && (
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setNaming('rename')}>
              {t('view.rename')}
            </Menu.Item>
          )}
          {current?.own && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setRemoving(true)}>
              {t('view.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <NameView
          draftId={`lists.view.${naming === 'rename' ? current?.id : 'new'}`}
          title={t(naming === 'new' ? 'view.newTitle' : 'view.renameTitle')}
          initial={naming === 'rename' && current ? current : { name: '', shared: false }}
          busy={busy}
          onClose={() => setNaming(null)}
          onSave={(named) =>
            during(naming === 'rename' && current ? port.rename(current, named) : port.save(null, named), () =>
              setNaming(null),
            )
          }
        />
      )}
      {current && (
        <ConfirmDanger
          opened={removing}
          title={t('view.removeTitle')}
          confirmLabel={t('view.remove')}
          busy={busy}
          onClose={() => setRemoving(false)}
          onConfirm={() => void during(port.remove(current), () => setRemoving(false))}
        >
          {t(current.shared ? 'view.removeShared' : 'view.removeOwn', { name: current.name })}
        </ConfirmDanger>
      )}
    </>
  );
}
