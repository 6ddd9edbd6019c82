import { buildsService, reporting, testsPass } from '../run/steps.ts';
import { forgetFigures, writeFigures } from './figures.ts';

/**
 * Builds the service and runs a suite against it. The full form then writes the results into the rows of
 * docs/reliability.md, so it can be run in parts: all arguments except `--short`, the form for CI, go to vitest
 * (`--project mongo -t 'R2\b'`). Exits with 1 if the build or a test failed. @param name of `vitest.<name>.config.ts`
 */
export function runSuite(name: 'hostile' | 'reliability'): void {
  const args = process.argv.slice(2).filter((arg) => arg !== '--short');
  const short = process.argv.includes('--short') || process.env.FORM === 'short';
  const env = { ...process.env, FORM: short ? 'short' : 'full' };
  forgetFigures();
  const passed = buildsService() && testsPass(name, [...reporting(name), ...args], env);
  if (!short) writeFigures();
  process.exitCode = passed ? 0 : 1;
}
