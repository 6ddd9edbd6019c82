import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The parts of Stryker's JSON report that are read here. */
export interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

interface ReportedMutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

export interface Survivor {
  readonly line: number;
  /** The code as it is, and the replacement that no test noticed. */
  readonly code: string;
  readonly replacement: string;
  /** No test reaches it. */
  readonly uncovered?: true;
}

/** The run that a result comes from. */
export interface Run {
  /** yyyy-mm-dd */
  readonly date: string;
  /** `unit`: without the stories of the part, which might kill more. */
  readonly tests: 'all' | 'unit';
}

export interface FileResult extends Run {
  readonly file: string;
  readonly killed: number;
  /** Errors of the mutated code itself, which do not count in a score. */
  readonly invalid: number;
  readonly survivors: readonly Survivor[];
  /** How many mutants were left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const KILLED = new Set(['Killed', 'Timeout']);
const SURVIVED = new Set(['Survived', 'NoCoverage']);

export const resultsOf = (run: Run, { files }: Report): FileResult[] =>
  Object.entries(files).map(([file, { source, mutants }]) => ({
    file,
    ...run,
    killed: mutants.filter(({ status }) => KILLED.has(status)).length,
    invalid: mutants.filter((one) => !isCounted(one) && one.status !== 'Ignored').length,
    survivors: mutants
      .filter(({ status }) => SURVIVED.has(status))
      .map((mutant) => survivorOf(mutant, source))
      .toSorted((a, b) => a.line - b.line),
    leftOut: leftOutOf(mutants),
  }));

function leftOutOf(mutants: readonly ReportedMutant[]): Record<string, number> {
  const leftOut: Record<string, number> = {};
  for (const { status, statusReason = 'no reason' } of mutants)
    if (status === 'Ignored') leftOut[statusReason] = (leftOut[statusReason] ?? 0) + 1;
  return leftOut;
}

const isCounted = ({ status }: ReportedMutant): boolean => KILLED.has(status) || SURVIVED.has(status);

function survivorOf({ location, replacement, status }: ReportedMutant, source: string): Survivor {
  return {
    line: location.start.line,
    code: oneLine(cut(source, location)),
    replacement: oneLine(replacement),
    ...(status === 'NoCoverage' && { uncovered: true }),
  };
}

function cut(source: string, { start, end }: ReportedMutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join('\n');
}

const LONGEST = 120;

function oneLine(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** A survivor that stays, and why, on whichever line its code is. */
export interface Accepted {
  readonly file: string;
  readonly code: string;
  readonly replacement: string;
  readonly reason: string;
}

/** A mutant of the planted rule, and its expected outcome. */
export interface Planted {
  readonly code: string;
  readonly replacement: string;
  readonly status: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const inTests = (name: string): string => join(ROOT, 'test/mutants', name);
const readJson = (name: string) => JSON.parse(readFileSync(inTests(name), 'utf8'));

export const readResults = (): FileResult[] => readJson('results.json');
export const readAccepted = (): Accepted[] => readJson('accepted.json');
export const readPlanted = (): Planted[] => readJson('planted/expected.json');

/** Replaces the earlier results for these files, and drops the results of files that no longer exist. */
export function keepResults(results: readonly FileResult[]): void {
  const ran = new Set(results.map(({ file }) => file));
  const others = readResults().filter(({ file }) => !ran.has(file) && existsSync(join(ROOT, file)));
  const all = [...others, ...results].toSorted((a, b) => (a.file < b.file ? -1 : 1));
  writeFileSync(inTests('results.json'), `${JSON.stringify(all, null, 2)}\n`);
}

/** Sorted, so that no run changes the order. */
export const plantedOf = ({ files }: Report): Planted[] =>
  Object.values(files)
    .flatMap(({ source, mutants }) => mutants.map((mutant) => ({ source, mutant })))
    .map(({ source, mutant: { location, replacement, status } }) => ({
      code: oneLine(cut(source, location)),
      replacement: oneLine(replacement),
      status,
    }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ code, replacement }: Planted): string => `${code} ${replacement}`;
