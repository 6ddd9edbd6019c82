import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import type { Scope } from './parts.ts';

/** The folder where Stryker stores its results, which it resumes from next time. */
const folder = ({ path }: Scope): string => `reports/mutants/${path.replaceAll(/[/*]+/g, '-')}`;

export const reportOf = (scope: Scope): string => `${folder(scope)}.json`;

/** Stryker's process passes this on to the process that runs the tests. */
export const TESTS = 'MUTANTS_TESTS';

export interface RunOptions {
  readonly concurrency: number;
  /**
   * Forgets the results of earlier runs: Stryker notices no change in a file that it does not mutate, unless it is a
   * test.
   */
  readonly force: boolean;
  /** Whether to leave out the stories. */
  readonly alone: boolean;
}

export const strykerOptions = (
  scope: Scope,
  { concurrency, force, alone }: RunOptions,
): PartialStrykerOptions => ({
  mutate: [...scope.mutate],
  testRunner: 'vitest-files',
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('stryker-plugins.ts', import.meta.url))],
  // The service sets the umask of its process, which a thread may not do.
  vitest: { configFile: 'vitest.mutants.config.ts', related: false, pool: 'forks' },
  ignorers: ['words'],
  coverageAnalysis: 'perTest',
  concurrency,
  force,
  incremental: true,
  incrementalFile: `${folder(scope)}.incremental.json`,
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: reportOf(scope) },
  htmlReporter: { fileName: `${folder(scope)}.html` },
  tempDirName: 'reports/.stryker',
  ignorePatterns: ['/data', '/dist'],
  // A file runs as a whole, although Stryker counts only the tests that reach the mutant.
  timeoutMS: alone ? 20_000 : 60_000,
  dryRunTimeoutMinutes: 15,
  allowConsoleColors: false,
});
