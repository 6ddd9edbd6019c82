import { printable, printableWord } from '../../shared/printable.js';

export interface OutputOptions {
  /** Prints JSON instead of text. */
  readonly json?: boolean;
}

/** Prints a result: as JSON, or the lines that a person reads. */
export function show(options: OutputOptions, result: unknown, lines: () => readonly string[] | string): void {
  const text = options.json ? JSON.stringify(result, undefined, 2) : [lines()].flat().join('\n');
  process.stdout.write(`${printable(text)}\n`);
}

/** Tells a person something that is not part of the result, on standard error. */
export const note = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

export type Cell = string | number | boolean | undefined;

/**
 * Rows below their headings, in columns as wide as their widest cell.
 * @param next cursor of the rows that follow, if there are any
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  next?: string,
): readonly string[] {
  const cells = [headings, ...rows.map((row) => row.map(shown))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return next === undefined ? lines : [...lines, `There are more: --cursor ${next}`];
}

/** One line for each pair that has a value. */
export function fields(pairs: Readonly<Record<string, Cell>>): readonly string[] {
  const given = Object.entries(pairs).filter(([, value]) => value !== undefined);
  const width = Math.max(...given.map(([name]) => name.length));
  return given.map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`);
}

const shown = (cell: Cell): string => {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell === undefined ? '-' : printableWord(String(cell));
};
