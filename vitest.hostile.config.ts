import { defineConfig } from 'vitest/config';

const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/hostile/*.hostile.ts'],
    env: { TEST_DRIVER: driver },
  },
});

/** What somebody with bad intentions would do, for a minute each; `--mode short` is the form for CI. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: ['test/support/mongo/global-setup.ts', 'test/support/records-setup.ts'],
    env: { HOSTILE_SECONDS: mode === 'short' ? '10' : '60', HOSTILE: mode === 'short' ? 'short' : 'full' },
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    projects: [
      onStore('embedded'),
      onStore('mongo'),
      // The built service as a process of its own, with a look inside.
      {
        extends: true,
        test: { name: 'service', include: ['test/hostile/service/*.hostile.ts'], testTimeout: 1_800_000 },
      },
    ],
  },
}));
