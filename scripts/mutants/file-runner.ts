import type { CoverageData, MutantCoverage } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import type { Vitest } from 'vitest/node';
import { isStory } from './parts.ts';

/** Stryker's runner for Vitest, 10.1: what of it is used here and is no part of its public face. */
export interface VitestRunner extends TestRunner {
  readonly ctx: Vitest;
  init(): Promise<void>;
  dispose(): Promise<void>;
  run(what: { readonly testFiles?: readonly string[] }): Promise<DryRunResult>;
  readHitCount(): number;
}

/**
 * Runs the files of the tests that reach a mutant, each as a whole.
 *
 * Stryker's own runner picks single tests. Those of a story run in order, so without the ones before it a test fails
 * on any mutant, and the mutant would count as killed. And what a file does outside of its tests (imports,
 * `beforeAll`, which starts the service) counts as "static" there: then every file runs. Here it counts for its file.
 */
export class FileRunner implements TestRunner {
  private readonly vitest: VitestRunner;

  constructor(vitest: VitestRunner) {
    this.vitest = vitest;
  }

  capabilities(): Promise<TestRunnerCapabilities> | TestRunnerCapabilities {
    return this.vitest.capabilities();
  }

  async init(): Promise<void> {
    await this.vitest.init();
  }

  dispose(): Promise<void> {
    return this.vitest.dispose();
  }

  /** Each file in a process of its own, for what it reaches; then all in one, as they run with a mutant. */
  async dryRun(options: DryRunOptions): Promise<DryRunResult> {
    this.isolate(true);
    const apart = await this.vitest.dryRun(options);
    if (apart.status !== DryRunStatus.Complete || apart.tests.some(failed)) return apart;
    const mutantCoverage = this.coverageOf(apart.tests, apart.mutantCoverage);
    this.isolate(false);
    const together = await this.vitest.run({});
    if (together.status !== DryRunStatus.Complete || together.tests.some(failed)) return together;
    return { ...together, mutantCoverage };
  }

  async mutantRun({ testFilter, hitLimit, activeMutant }: MutantRunOptions): Promise<MutantRunResult> {
    const { ctx } = this.vitest;
    const provide = (name: string, value: unknown) => ctx.provide(name as never, value as never);
    provide('mode', 'mutant');
    provide('hitLimit', hitLimit);
    // From before the first import on, since each run has a process of its own.
    provide('mutantActivation', 'static');
    provide('activeMutant', activeMutant.id);
    this.isolate(false);
    let result: MutantRunResult | undefined;
    for (const testFiles of stagesOf(testFilter ?? [])) {
      const ran = await this.vitest.run({ testFiles });
      const hitCount = this.vitest.readHitCount();
      result = toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? ran);
      if (result.status !== MutantRunStatus.Survived) break;
    }
    return result ?? { status: MutantRunStatus.Error, errorMessage: 'no test file to run' };
  }

  /** Without it, the files of a run share one process and its modules: the service is imported once. */
  private isolate(isolate: boolean): void {
    for (const project of this.vitest.ctx.projects) project.config.isolate = isolate;
  }

  /** What a file reaches outside of its tests goes to the first of them. */
  private coverageOf(tests: readonly TestResult[], found: MutantCoverage | undefined): MutantCoverage {
    const perTest = { ...found?.perTest };
    for (const file of this.vitest.ctx.state.getFiles()) {
      const first = tests.find(({ fileName }) => fileName === file.filepath);
      const { mutantCoverage } = file.meta as { mutantCoverage?: MutantCoverage };
      if (first) perTest[first.id] = sum(perTest[first.id], mutantCoverage?.static);
    }
    return { static: {}, perTest };
  }
}

/** Most mutants die in the unit tests; the stories import the whole service, even if they then run no test. */
function stagesOf(testIds: readonly string[]): readonly string[][] {
  const files = [...new Set(testIds.map(fileOf))];
  const stages = [files.filter((file) => !isStory(file)), files.filter(isStory)];
  return stages.filter((stage) => stage.length > 0);
}

const failed = ({ status }: TestResult): boolean => status === TestStatus.Failed;

/** Stryker's id of a test is `path#names`. */
const fileOf = (testId: string): string => testId.split('#', 1).join('');

function sum(one: CoverageData = {}, other: CoverageData = {}): CoverageData {
  const both = { ...one };
  for (const [mutant, hits] of Object.entries(other)) both[mutant] = (both[mutant] ?? 0) + hits;
  return both;
}
