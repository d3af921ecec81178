import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH;
// Chromium refuses its own sandbox to root; everybody else keeps it.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  // Each has an office of its own; a journey waits for the screen more than it computes.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'pl-PL',
    timezoneId: 'Europe/Warsaw',
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    // Recording slows every step down; a failed journey is looked at with IBOK_TRACE=1.
    trace: process.env.IBOK_TRACE ? 'retain-on-failure' : 'off',
    // Journeys do not wait for motion; a system that asks for none gets none (renderer/app/theme.ts).
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
  },
});
