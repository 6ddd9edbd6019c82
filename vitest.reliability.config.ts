import { defineConfig } from 'vitest/config';

const onStore = (driver: 'embedded' | 'mongo', groupOrder: number) => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/reliability/*.reliability.ts'],
    exclude: [`test/reliability/*.${driver === 'mongo' ? 'embedded' : 'mongo'}.reliability.ts`],
    env: { TEST_DRIVER: driver },
    ...(driver === 'mongo' && { globalSetup: ['test/reliability/support/mongo-setup.ts'] }),
    sequence: { groupOrder },
  },
});

/** Figures are measured one after the other, so that none has the machine to share with another. */
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    globalSetup: ['test/support/records-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 900_000,
    projects: [onStore('embedded', 0), onStore('mongo', 1)],
  },
});
