import { spawnSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

/** Figures are measured one after the other. The short form measures nothing: it only looks what holds. */
const SHORT = process.env.FORM === 'short';

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) console.log('R31 is not run: strace is not there, or may not trace');
const UNTRACED = canTrace ? [] : ['test/reliability/power.embedded.reliability.ts'];

const onStore = (driver: 'embedded' | 'mongo') => ({
  extends: true as const,
  test: {
    name: driver,
    include: ['test/reliability/*.reliability.ts'],
    exclude: [`test/reliability/*.${driver === 'mongo' ? 'embedded' : 'mongo'}.reliability.ts`, ...UNTRACED],
    env: { TEST_DRIVER: driver },
    ...(driver === 'mongo' && { globalSetup: ['test/reliability/support/mongo-setup.ts'] }),
  },
});

// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
    fileParallelism: SHORT,
    maxWorkers: SHORT ? 2 : 1,
    testTimeout: 120_000,
    hookTimeout: 900_000,
    projects: [onStore('mongo'), onStore('embedded')],
  },
});
