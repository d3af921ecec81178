import { createTheme, MantineProvider, mergeThemeOverrides, Notification } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariables, theme } from './theme';

/** The visual language, with the one word that Mantine cannot know: the name of a message's closing cross. */
export function Look({ children }: { children: ReactNode }) {
  const { t } = useTranslation('ui');
  const close = t('close');
  const worded = useMemo(() => {
    const components = {
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': close } } }),
    };
    return mergeThemeOverrides(theme, createTheme({ components }));
  }, [close]);
  return (
    <MantineProvider theme={worded} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
