import { defineConfig } from 'vitest/config';

const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/clients/*.clients.ts'],
    env: { TEST_DRIVER: driver },
    ...(driver === 'mongo' && { globalSetup: ['test/support/mongo/global-setup.ts'] }),
  },
});

/** The built service, and clients that others wrote: see scripts/clients.ts. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [onStore('embedded'), onStore('mongo')],
  },
});
