import { defineConfig } from 'vitest/config';

const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/model/*.model-spec.ts'],
    env: { TEST_DRIVER: driver },
    ...(driver === 'mongo' && { globalSetup: ['test/support/mongo/global-setup.ts'] }),
  },
});

/** `--mode short` is the form for CI. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
    env: { MODEL_SEQUENCES: mode === 'short' ? '300' : '10000' },
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [onStore('embedded'), onStore('mongo')],
  },
}));
