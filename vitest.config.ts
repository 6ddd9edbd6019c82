import { globSync, readFileSync } from 'node:fs';
import { defaultExclude, defineConfig } from 'vitest/config';

const replacesModules = (file: string): boolean => readFileSync(file, 'utf8').includes('vi.mock(');

/** Specs that open sockets or stores, or replace a module: they need a process for each file. */
const APART = [
  'src/storage/**/*.spec.ts',
  'src/vtex/transforms/remote/**/*.spec.ts',
  ...globSync('src/**/*.spec.ts').filter(replacesModules),
];

/** Specs of test/ that read files and call functions, and start nothing. */
const PURE = 'test/{behaviours,dev,mutants,reliability,security,segments,supply}/**/*.spec.ts';

/** Specs of test/ that need a MongoDB. Only the project `mongo` starts one. */
const ON_MONGO = ['test/mongo/**/*.spec.ts', 'test/support/mongo/**/*.spec.ts'];

const PROMISES = ['test/contracts/**/*.spec.ts', 'test/stories/**/*.e2e-spec.ts'];

/**
 * `docs/testing.md` says what each project holds and what it costs. Where `isolate` is false, files share a process: loading
 * Nest again for each of them would cost about as much as the tests.
 */
export default defineConfig({
  test: {
    globalSetup: ['test/support/records/records-setup.ts'],
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
          include: ['src/**/*.spec.ts', PURE],
          exclude: [...defaultExclude, ...APART],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: [...APART, 'test/**/*.spec.ts'],
          exclude: [...defaultExclude, PURE, ...ON_MONGO, ...PROMISES],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: PROMISES,
          env: { TEST_DRIVER: 'embedded' },
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'mongo',
          include: [...PROMISES, ...ON_MONGO],
          env: { TEST_DRIVER: 'mongo' },
          isolate: false,
          globalSetup: ['test/support/mongo/global-setup.ts'],
          sequence: { groupOrder: 1 },
        },
      },
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
