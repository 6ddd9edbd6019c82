import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scan, type TestTitle } from './scan.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A title and the file that contains it, relative to the repository. */
export interface FoundTitle extends TestTitle {
  readonly file: string;
}

interface WithId {
  readonly id: string;
}

const TEST_FILE =
  /^src\/.*\.spec\.ts$|^test\/.*\.(?:spec|e2e-spec|last-spec|contract|story|fuzz|browser|model-spec|reliability|hostile)\.ts$/;

/** The files of statements that a title may name, relative to the repository. */
export const LISTS = {
  behaviours: 'test/behaviours/statements.json',
  promises: 'test/security/promises.json',
  findings: 'test/security/findings.json',
} as const;

export function readList<Row extends WithId>(file: (typeof LISTS)[keyof typeof LISTS]): Row[] {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

export function readKnownIds(): Set<string> {
  return new Set(Object.values(LISTS).flatMap((file) => readList(file).map(({ id }) => id)));
}

/** Returns all titles, sorted by file so that every machine writes the same document. */
export function readTitles(): FoundTitle[] {
  return ['src', 'test']
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))),
    )
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => TEST_FILE.test(path))
    .sort()
    .flatMap((file) => scan(readFileSync(join(ROOT, file), 'utf8')).map((title) => ({ file, ...title })));
}

/** Returns one line for each id in a title that is in no list. */
export function problemsOf(known: ReadonlySet<string>, titles: readonly FoundTitle[]): string[] {
  return titles.flatMap(({ file, line, ids }) =>
    ids.filter((id) => !known.has(id)).map((id) => `${file}:${line}: there is no statement "${id}"`),
  );
}

export function holdersOf({ id }: WithId, titles: readonly FoundTitle[]): FoundTitle[] {
  return titles.filter(({ ids }) => ids.includes(id));
}

/** Returns the tests that hold a statement, as a table cell. */
export function heldBy(statement: WithId, titles: readonly FoundTitle[]): string {
  const holders = holdersOf(statement, titles);
  return holders.map(({ file, title }) => `\`${file}\` ${cell(title)}`).join('<br>') || 'not yet';
}

export function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
