import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { reportOf, strykerOptions, TESTS } from './mutants/options.ts';
import { GOAL, scoreOf, writePage } from './mutants/page.ts';
import { type Part, partsOf } from './mutants/parts.ts';
import { keepResult, plantedOf, readPlanted, type Report, resultOf } from './mutants/results.ts';

/** `docs/mutants.md` says how to call it. */
const args = process.argv.slice(2);
const flag = (name: string): string | undefined =>
  args.find((arg) => arg.startsWith(`--${name}`))?.replace(/^[^=]*=?/, '');

/** A rule whose tests miss mutants on purpose. */
const PLANTED: Part = {
  name: 'planted',
  mutate: ['test/mutants/planted/*.rules.ts'],
  tests: ['test/mutants/planted/*.planted-spec.ts'],
};

async function mutate(part: Part, force = flag('force') !== undefined): Promise<Report> {
  process.env[TESTS] = JSON.stringify(part.tests);
  const concurrency = Number(flag('concurrency') ?? 2);
  await new Stryker(strykerOptions(part, { concurrency, force })).runMutationTest();
  return JSON.parse(readFileSync(reportOf(part), 'utf8'));
}

/** @returns whether each mutant came to what is expected of it */
async function check(): Promise<boolean> {
  const seen = plantedOf(await mutate(PLANTED, true));
  const passed = isDeepStrictEqual(seen, readPlanted());
  const killed = seen.filter(({ status }) => status === 'Killed').length;
  console.log(`${seen.length} planted mutants: ${killed} killed, ${seen.length - killed} missed on purpose`);
  if (!passed) console.error(`test/mutants/planted/expected.json expects others:`, seen);
  return passed;
}

/** @returns whether the tests of the part killed enough */
async function run(part: Part): Promise<boolean> {
  const result = resultOf(part.name, new Date().toISOString().slice(0, 10), await mutate(part));
  keepResult(result);
  writePage();
  const score = scoreOf(result.files);
  console.log(`${part.name}: ${score.toFixed(1)} % of the mutants were killed`);
  return score >= GOAL;
}

async function runAll(parts: readonly Part[]): Promise<boolean> {
  let passed = true;
  for (const part of parts) passed = (await run(part)) && passed;
  return passed;
}

const passed =
  flag('check') === undefined
    ? await runAll(partsOf(args.filter((arg) => !arg.startsWith('--'))))
    : await check();
process.exitCode = passed ? 0 : 1;
