import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { PERFORMANCE_PAGE, withSection } from '../report/section.js';
import { table } from '../report/table.js';
import { MEASURED } from './measure.js';

/** Between the sizes of one store, the median of an operation may differ by this factor. */
export const FLAT = 1.5;

const MIB = 2 ** 20;
const IDS = Object.keys(MEASURED);

/** Returns, by store and operation, the highest figure of all sizes as a multiple of the lowest. */
export const flatness = (results) =>
  results.flatMap(({ kind, sizes }) =>
    IDS.map((id) => {
      const factor = (figure) => {
        const values = sizes.map(({ operations }) => operations[id][figure]);
        return Math.max(...values) / Math.min(...values);
      };
      return { store: kind, id, p50: factor('p50'), cpuMicros: factor('cpuMicros') };
    }),
  );

/** Whether no operation takes longer because the store is larger. */
export const isFlat = (results) => flatness(results).every(({ p50 }) => p50 <= FLAT);

export const wrongAnswers = (results) =>
  results
    .flatMap(({ sizes }) => sizes.flatMap(({ operations }) => Object.values(operations)))
    .reduce((sum, { wrong }) => sum + wrong, 0);

const cellsOf = (kind, { sessions, bytes, memory, operations }) => [
  kind,
  sessions.toLocaleString('en'),
  Math.round(bytes),
  Math.round(memory.own / MIB),
  Math.round(memory.mapped / MIB),
  ...IDS.flatMap((id) => {
    const { p50, p99, cpuMicros } = operations[id];
    return [p50.toFixed(2), p99.toFixed(1), Math.round(cpuMicros)];
  }),
];

const rowsOf = (results) => results.flatMap(({ kind, sizes }) => sizes.map((size) => cellsOf(kind, size)));

const factorOf = ({ store, id, p50, cpuMicros }) =>
  `${store}, ${MEASURED[id].title}: ${p50.toFixed(2)}${p50 > FLAT ? ` (more than ${FLAT})` : ''}, CPU ${cpuMicros.toFixed(2)}`;

/** What the terminal shows. */
export function textOf({ results }) {
  const head = ['store', 'sessions', 'bytes each', 'own MiB', 'mapped MiB'];
  const columns = [...head, ...IDS.flatMap((id) => [`${id} p50 ms`, 'p99', 'CPU µs'])];
  const rows = [columns, ...rowsOf(results)].map((row) => row.join('\t'));
  return [
    table(rows),
    '',
    'p50 at the slowest size, as a multiple of that at the fastest; the same of CPU:',
    ...flatness(results).map(factorOf),
    `wrong answers: ${wrongAnswers(results)}\n`,
  ].join('\n');
}

/** Writes the table into docs/performance.md. */
export async function writePage(run) {
  const page = await readFile(PERFORMANCE_PAGE, 'utf8');
  await writeFile(PERFORMANCE_PAGE, withSection(page, 'bench:growth', section(run)));
}

function section({ results, date, generator, connections, rounds, load }) {
  const columns = ['store', 'sessions', 'bytes each', 'own MiB', 'mapped MiB'];
  const titles = IDS.flatMap((id) => [`${MEASURED[id].title}, p50 ms`, 'p99 ms', 'CPU µs']);
  return `${date}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model}), ${generator}, ${connections} connections,
the quickest of ${rounds} rounds for times, all rounds for CPU; the machine's load was ${load.before} before and ${load.after} after.

| ${[...columns, ...titles].join(' | ')} |
| --- | ${[...columns, ...titles]
    .slice(1)
    .map(() => '--:')
    .join(' | ')} |
${rowsOf(results)
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')}

The p50 at the slowest size, as a multiple of that at the fastest; and the same of CPU:

${flatness(results)
  .map((one) => `- ${factorOf(one)}`)
  .join('\n')}
`;
}
