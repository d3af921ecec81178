import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n';
import { ShortcutsProvider } from '../ui/shortcuts';
import { Look } from './Look';
import { rememberedLanguage } from './preferences';
import { router } from './routes';
import { SessionGate } from './session';
import { queryClient } from './trpc';

async function start(root: HTMLElement): Promise<void> {
  await startI18n(rememberedLanguage());
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Look>
          {/* At the left: a drawer keeps its Save and Discard at the bottom right. */}
          <Notifications position="bottom-left" limit={4} />
          <ShortcutsProvider>
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          </ShortcutsProvider>
        </Look>
      </QueryClientProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
