import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FoundTitle, problemsOf, readKnownIds, readTitles, ROOT } from './titles.ts';

/** A document that is generated from test titles. */
export interface Generated {
  readonly document: string;
  readonly command: string;
  readonly render: (titles: readonly FoundTitle[]) => string;
}

export function readDocument(document: string): string {
  const path = join(ROOT, document);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Writes the document, or only compares it with `--check`. Problems go to stderr and set the exit code. */
export function generate(page: Generated): void {
  const problems = problemsWith(page, process.argv.includes('--check'));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function problemsWith({ document, command, render }: Generated, check: boolean): string[] {
  const titles = readTitles();
  const problems = problemsOf(readKnownIds(), titles);
  if (problems.length > 0) return problems;

  const page = render(titles);
  if (check) return page === readDocument(document) ? [] : [`${document} is stale; run: ${command}`];

  const path = join(ROOT, document);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  return [];
}
