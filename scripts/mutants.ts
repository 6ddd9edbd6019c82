import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { reportOf, strykerOptions, TESTS } from './mutants/options.ts';
import { GOAL, inPart, scoreOf, writePage } from './mutants/page.ts';
import { isStory, type Part, type Scope, scopesOf, whole } from './mutants/parts.ts';
import {
  keepResults,
  plantedOf,
  readPlanted,
  readResults,
  type Report,
  resultsOf,
} from './mutants/results.ts';

/** `docs/mutants.md` says how to call it. */

// Each mutant has its own process, which would compile all of NestJS again: a third of its time.
process.env.NODE_COMPILE_CACHE ??= resolve('reports/mutants/.compiled');

const args = process.argv.slice(2);
const flag = (name: string): string | undefined =>
  args.find((arg) => arg.startsWith(`--${name}`))?.replace(/^[^=]*=?/, '');

/** A rule whose tests miss some mutants on purpose. */
const PLANTED: Part = {
  name: 'planted',
  mutate: ['test/mutants/planted/*.rules.ts'],
  tests: ['test/mutants/planted/*.planted-spec.ts'],
};

const alone = flag('unit') !== undefined;

async function mutate(scope: Scope, force = flag('force') !== undefined): Promise<Report> {
  const tests = scope.part.tests.filter((glob) => !alone || !isStory(glob));
  process.env[TESTS] = JSON.stringify(tests);
  const concurrency = Number(flag('concurrency') ?? 2);
  await new Stryker(strykerOptions(scope, { concurrency, force, alone })).runMutationTest();
  return JSON.parse(readFileSync(reportOf(scope), 'utf8'));
}

/** @returns whether each mutant had the expected outcome */
async function check(): Promise<boolean> {
  const seen = plantedOf(await mutate(whole(PLANTED), true));
  const passed = isDeepStrictEqual(seen, readPlanted());
  const killed = seen.filter(({ status }) => status === 'Killed').length;
  console.log(`${seen.length} planted mutants: ${killed} killed, ${seen.length - killed} missed on purpose`);
  if (!passed) console.error(`test/mutants/planted/expected.json expects others:`, seen);
  return passed;
}

/** @returns whether the tests of the part kill enough mutants, by all results so far */
async function run(scope: Scope): Promise<boolean> {
  const report = await mutate(scope);
  const about = { date: new Date().toISOString().slice(0, 10), tests: alone ? 'unit' : 'all' } as const;
  const results = resultsOf(about, report);
  keepResults(results);
  writePage();
  const score = scoreOf(inPart(scope.part.name, readResults()));
  console.log(`${scope.path}: ${scoreOf(results).toFixed(1)} % of the mutants were killed`);
  return score >= GOAL;
}

async function runAll(scopes: readonly Scope[]): Promise<boolean> {
  let passed = true;
  for (const scope of scopes) passed = (await run(scope)) && passed;
  return passed;
}

const paths = args.filter((arg) => !arg.startsWith('--'));
const passed = flag('check') === undefined ? await runAll(scopesOf(paths)) : await check();
process.exitCode = passed ? 0 : 1;
