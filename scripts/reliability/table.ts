/** A measurement by a test of the reliability or the hostile suite. */
export interface Figure {
  /** `R1`, `X-01` and so on: see docs/reliability.md. */
  readonly id: string;
  /** The suite whose command measures it again. Default: `reliability`. */
  readonly suite?: 'reliability' | 'hostile';
  readonly store: 'embedded' | 'mongo';
  /** Tells figures apart that are measured in more than one way. */
  readonly part?: string;
  /** yyyy-mm-dd */
  readonly date: string;
  readonly result: string;
}

export const BEGIN = '<!-- figures: written by scripts/reliability.ts -->';
export const END = '<!-- end of figures -->';

const HEAD = '| figure | store | seen | command | date |\n| --- | --- | --- | --- | --- |';

/** Returns the page with the new figures in its table. Figures that were not measured again stay. */
export function withFigures(page: string, figures: readonly Figure[]): string {
  const [before, rest] = page.split(BEGIN, 2);
  const [table, after] = rest?.split(END, 2) ?? [];
  if (before === undefined || table === undefined || after === undefined) {
    throw new Error(`the page has no "${BEGIN}" and "${END}"`);
  }
  const rows = new Map(rowsOf(table).map((row) => [keyOf(row), row]));
  for (const figure of figures) {
    const row = rowOf(figure);
    rows.set(keyOf(row), row);
  }
  const sorted = [...rows.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }));
  return [before, BEGIN, `\n${[HEAD, ...sorted].join('\n')}\n`, END, after].join('');
}

const rowsOf = (table: string): readonly string[] =>
  table.split('\n').filter((line) => /^\| [RX]-?\d/.test(line));

/** Returns figure and store. */
const keyOf = (row: string): string => row.split('|', 3).join('|');

function rowOf({ id, suite = 'reliability', part, store, result, date }: Figure): string {
  const figure = part === undefined ? id : `${id}, ${part}`;
  const command = `\`npm run test:${suite} -- --project ${store} -t '${id}\\b'\``;
  return `| ${figure} | ${store} | ${result} | ${command} | ${date} |`;
}
