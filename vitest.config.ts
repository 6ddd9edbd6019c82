import { defineConfig } from 'vitest/config';

const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/contracts/**/*.spec.ts', 'test/stories/**/*.e2e-spec.ts'],
    env: { TEST_DRIVER: driver },
    sequence: { groupOrder: 1 },
  },
});

/** What needs no store, what runs on each of both, and what looks back on all of it. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/mongo/global-setup.ts', 'test/support/records-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // The name of an operation in a title; longer than Vitest's own 40.
    taskTitleValueFormatTruncate: 120,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
          exclude: ['test/contracts/**', 'test/stories/**'],
          sequence: { groupOrder: 1 },
        },
      },
      onStore('embedded'),
      onStore('mongo'),
      {
        extends: true,
        test: {
          name: 'afterwards',
          include: ['test/{logs,wire}/*.last-spec.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
