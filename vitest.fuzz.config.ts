import { defineConfig } from 'vitest/config';

/** See scripts/fuzz.ts. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/fuzz/*.fuzz.ts'],
    globalSetup: ['test/support/mongo/global-setup.ts', 'test/support/records/records-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    maxConcurrency: 2,
    testTimeout: 3_600_000,
    hookTimeout: 900_000,
  },
});
