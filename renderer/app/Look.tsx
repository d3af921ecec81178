import { createTheme, MantineProvider, mergeThemeOverrides, Notification } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import 'dayjs/locale/pl';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariables, theme } from './theme';

/** The visual language, with the one word that Mantine cannot know: the name of a message's closing cross. */
export function Look({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation('ui');
  const close = t('close');
  const worded = useMemo(() => {
    const components = {
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': close } } }),
    };
    return mergeThemeOverrides(theme, createTheme({ components }));
  }, [close]);
  return (
    <MantineProvider theme={worded} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: i18n.language === 'en' ? 'en' : 'pl', firstDayOfWeek: 1 }}>
        {children}
      </DatesProvider>
    </MantineProvider>
  );
}
