import { defineConfig } from 'vitest/config';

/** The projects that talk to PostgreSQL share one server, started once before their first file. */
const withDatabase = {
  globalSetup: ['tests/support/global-postgres.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 20_000 } },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...withDatabase } },
      { test: { name: 'security', include: ['tests/security/**/*.test.ts'], ...withDatabase } },
      // One file after the other: a long transaction of one would keep the sealer of the next waiting.
      { test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], fileParallelism: false, ...withDatabase } },
    ],
  },
});
