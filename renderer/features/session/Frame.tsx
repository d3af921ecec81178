import {
  ActionIcon,
  Group,
  Paper,
  SegmentedControl,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../app/Mark';
import { rememberLanguage } from '../../app/preferences';
import classes from './Frame.module.css';

/** The quiet page around sign-in, first password and lock. */
export function Frame({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Group gap="sm" mb="lg" justify="center">
          <Mark size={36} />
          <Text fw={700} className={classes.name}>
            IBOK Desk
          </Text>
        </Group>
        <Paper withBorder p="xl" radius="lg" className={classes.card}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" mb="lg">
            {intro}
          </Text>
          {children}
        </Paper>
        <Choices />
      </div>
    </main>
  );
}

/** Language and appearance, before anybody's own settings are known. */
function Choices() {
  const { t, i18n } = useTranslation('session');
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  return (
    <Group justify="center" mt="md" gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('signIn.language')}
        value={i18n.language}
        onChange={(language) => {
          rememberLanguage(language === 'en' ? 'en' : 'pl');
          void i18next.changeLanguage(language);
        }}
        data={[
          { value: 'pl', label: 'Polski' },
          { value: 'en', label: 'English' },
        ]}
      />
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('signIn.theme')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
      </ActionIcon>
    </Group>
  );
}
