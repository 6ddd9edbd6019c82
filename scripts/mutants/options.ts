import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import type { Scope } from './parts.ts';

/** Where Stryker leaves what it found, and what it takes up again next time. */
const folder = ({ path }: Scope): string => `reports/mutants/${path.replaceAll(/[/*]+/g, '-')}`;

export const reportOf = (scope: Scope): string => `${folder(scope)}.json`;

/** Stryker's process hands this on to the one that runs the tests. */
export const TESTS = 'MUTANTS_TESTS';

export interface RunOptions {
  readonly concurrency: number;
  /** Forget what earlier runs found: Stryker sees no change in a file that it does not mutate and that is no test. */
  readonly force: boolean;
  /** Without the stories. */
  readonly alone: boolean;
}

export const strykerOptions = (
  scope: Scope,
  { concurrency, force, alone }: RunOptions,
): PartialStrykerOptions => ({
  mutate: [...scope.mutate],
  testRunner: 'vitest-files',
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('stryker-plugins.ts', import.meta.url))],
  // What the service sets for its process (umask), a thread may not.
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
  // A file runs as a whole, though Stryker counts only the tests that reach the mutant.
  timeoutMS: alone ? 20_000 : 60_000,
  dryRunTimeoutMinutes: 15,
  allowConsoleColors: false,
});
