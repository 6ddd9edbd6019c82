import { defineConfig } from 'vitest/config';

/** What somebody with bad intentions does, one after the other: what is measured must not disturb itself. */
const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/hostile/*.hostile.ts'],
    env: { TEST_DRIVER: driver },
    ...(driver === 'mongo' && { globalSetup: ['test/support/mongo/global-setup.ts'] }),
  },
});

// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    projects: [onStore('embedded'), onStore('mongo')],
  },
});
