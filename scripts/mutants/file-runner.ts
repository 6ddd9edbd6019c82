import { readFileSync } from 'node:fs';
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

/** The parts of Stryker's Vitest runner 10.1 that are used here and are not public. */
export interface VitestRunner extends TestRunner {
  readonly ctx: Vitest;
  init(): Promise<void>;
  dispose(): Promise<void>;
  run(what: { readonly testFiles?: readonly string[] }): Promise<DryRunResult>;
  readHitCount(): number;
}

/**
 * Runs whole test files: those that reach a mutant.
 *
 * Stryker's own runner picks single tests. The tests of a story run in order, so without the earlier ones a test fails
 * with any mutant, and the mutant would count as killed. And what a file does outside its tests (imports, and
 * `beforeAll`, which starts the service) counts there as "static", and then every file runs. Here it counts for its own
 * file.
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

  /** Runs each file in its own process to see what it reaches, then all of them as with a mutant. */
  async dryRun(options: DryRunOptions): Promise<DryRunResult> {
    this.isolate(true);
    const apart = await this.vitest.dryRun(options);
    if (apart.status !== DryRunStatus.Complete || apart.tests.some(failed)) return apart;
    const mutantCoverage = this.coverageOf(apart.tests, apart.mutantCoverage);
    const tests: TestResult[] = [];
    for (const stage of stagesOf(this.vitest.ctx.state.getFiles().map(({ filepath }) => filepath))) {
      const ran = await this.runStage(stage);
      if (ran.status !== DryRunStatus.Complete || ran.tests.some(failed)) return ran;
      tests.push(...ran.tests);
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ testFilter, hitLimit, activeMutant }: MutantRunOptions): Promise<MutantRunResult> {
    const { ctx } = this.vitest;
    const provide = (name: string, value: unknown) => ctx.provide(name as never, value as never);
    provide('mode', 'mutant');
    provide('hitLimit', hitLimit);
    // Set before the first import, since each run has its own process.
    provide('mutantActivation', 'static');
    provide('activeMutant', activeMutant.id);
    let result: MutantRunResult | undefined;
    for (const stage of stagesOf((testFilter ?? []).map(fileOf))) {
      const ran = await this.runStage(stage);
      const hitCount = this.vitest.readHitCount();
      result = toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? ran);
      if (result.status !== MutantRunStatus.Survived) break;
    }
    return result ?? { status: MutantRunStatus.Error, errorMessage: 'no test file to run' };
  }

  private runStage({ testFiles, isolated }: Stage): Promise<DryRunResult> {
    this.isolate(isolated);
    return this.vitest.run({ testFiles });
  }

  /** Without isolation, the files of a run share one process and its modules, so the service is imported only once. */
  private isolate(isolate: boolean): void {
    for (const project of this.vitest.ctx.projects) project.config.isolate = isolate;
  }

  /** What a file reaches outside its tests is attributed to the first of them. */
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

/** Files that are run together. */
interface Stage {
  readonly testFiles: readonly string[];
  readonly isolated: boolean;
}

/**
 * Most mutants die in the unit tests. A spec that replaces a module comes too late where another file has loaded that
 * module, so it has a process of its own. Stories import the whole service, even if none of their tests run.
 */
function stagesOf(files: readonly string[]): readonly Stage[] {
  const byKind = Map.groupBy(new Set(files), kindOf);
  const filesOf = (kind: Kind): readonly string[] => byKind.get(kind) ?? [];
  const stages = [
    { testFiles: filesOf('unit'), isolated: false },
    { testFiles: filesOf('replacing'), isolated: true },
    { testFiles: filesOf('story'), isolated: false },
  ];
  return stages.filter(({ testFiles }) => testFiles.length > 0);
}

type Kind = 'unit' | 'replacing' | 'story';

function kindOf(file: string): Kind {
  if (isStory(file)) return 'story';
  return readFileSync(file, 'utf8').includes('vi.mock(') ? 'replacing' : 'unit';
}

const failed = ({ status }: TestResult): boolean => status === TestStatus.Failed;

/** Stryker's test id is `path#names`. */
const fileOf = (testId: string): string => testId.split('#', 1).join('');

function sum(one: CoverageData = {}, other: CoverageData = {}): CoverageData {
  const both = { ...one };
  for (const [mutant, hits] of Object.entries(other)) both[mutant] = (both[mutant] ?? 0) + hits;
  return both;
}
