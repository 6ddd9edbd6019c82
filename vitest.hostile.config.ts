import { defineConfig } from 'vitest/config';

/** The built service, one attack after the other. See scripts/hostile.ts. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    name: 'hostile',
    include: ['test/hostile/*.hostile.ts'],
    globalSetup: ['test/support/records-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
});
