import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconLock, IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/contract/session';
import { MenuLink } from './MenuLink';
import classes from './Shell.module.css';
import { useSession } from './session';

/** What is changed often enough to stand in the menu; the rest stands under Ustawienia. */
type Choosable = 'theme' | 'language' | 'density';

const CHOICES = {
  theme: ['light', 'dark', 'auto'],
  language: ['pl', 'en'],
  density: ['normal', 'compact'],
} as const satisfies { [K in Choosable]: readonly Settings[K][] };

/** The person's own settings, lock and sign-out. */
export function PersonMenu() {
  const { t } = useTranslation('shell');
  const { user, lock, signOut, saveSettings } = useSession();
  const choose = (changed: Partial<Settings>) => void saveSettings(changed);
  return (
    <Menu position="bottom-end" width="16rem" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <Avatar size={30} name={user.displayName} color="ibok" variant="light" aria-hidden />
          <div className={classes.personWords}>
            <Text fw={600} truncate lh={1.2}>
              {user.displayName}
            </Text>
            <Text size="xs" c="dimmed" truncate lh={1.2}>
              {t(`group.${user.group}`)}
            </Text>
          </div>
          <VisuallyHidden>{t('person.menu')}</VisuallyHidden>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Choice setting="theme" settings={user.settings} onChoose={choose} />
        <Choice setting="language" settings={user.settings} onChoose={choose} />
        <Choice setting="density" settings={user.settings} onChoose={choose} />
        <Menu.Divider />
        <Menu.Label>
          {user.server.name} · PostgreSQL {user.server.version}
        </Menu.Label>
        <MenuLink to="/settings" leftSection={<IconSettings size={16} aria-hidden />}>
          {t('person.settings')}
        </MenuLink>
        <Menu.Item
          leftSection={<IconLock size={16} aria-hidden />}
          onClick={() => void lock()}
          rightSection={
            <Text size="xs" className={classes.keys}>
              Ctrl+L
            </Text>
          }
        >
          {t('person.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('person.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  settings: Settings;
  setting: Choosable;
  onChoose: (changed: Partial<Settings>) => void;
}

function Choice({ settings, setting, onChoose }: ChoiceProps) {
  const { t } = useTranslation('shell');
  return (
    <Menu.RadioGroup value={settings[setting]} onChange={(value) => onChoose({ [setting]: value })}>
      <Menu.Label>{t(`person.${setting}`)}</Menu.Label>
      {CHOICES[setting].map((value) => (
        <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
          {t(`person.choice.${value}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
