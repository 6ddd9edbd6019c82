import { spawnSync } from 'node:child_process';
import { isInstalled } from './installed.ts';

/** Runs a command in this terminal. @returns whether it succeeded; Ctrl-C counts as a failure */
export function succeeds(command: string, args: readonly string[], env = process.env): boolean {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error) throw error;
  return status === 0;
}

/** Installs the package in a folder, if what is there differs from its lock file. */
export const installs = (folder: string): boolean =>
  isInstalled(folder) || succeeds('npm', ['ci', '--ignore-scripts', '--prefix', folder]);

export const buildsService = (): boolean => succeeds('npm', ['run', '--silent', 'build']);

/** Options of Vitest that also write the results into `reports/<name>-tests.json`. */
export const reporting = (name: string): readonly string[] => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=reports/${name}-tests.json`,
];

/** Runs the tests of `vitest.<config>.config.ts`. @param options for Vitest */
export const testsPass = (config: string, options: readonly string[], env = process.env): boolean =>
  succeeds('npx', ['vitest', 'run', '--config', `vitest.${config}.config.ts`, ...options], env);
