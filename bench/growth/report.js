import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { PERFORMANCE_PAGE, withSection } from '../report/section.js';
import { table } from '../report/table.js';
import { MEASURED } from './measure.js';

/** Between the sizes of one store, the median of an operation may differ by this factor. */
export const FLAT = 1.5;

const MIB = 2 ** 20;
const IDS = Object.keys(MEASURED);

/** By store and operation: how much longer it takes at the size where it takes longest than where it is quickest. */
export const flatness = (results) =>
  results.flatMap(({ kind, sizes }) =>
    IDS.map((id) => {
      const medians = sizes.map(({ operations }) => operations[id].p50);
      return { store: kind, id, factor: Math.max(...medians) / Math.min(...medians) };
    }),
  );

/** Whether everything was answered rightly, and no operation grew with the store. */
export const isFlat = (results) => flatness(results).every(({ factor }) => factor <= FLAT);

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
  ...IDS.flatMap((id) => [operations[id].p50.toFixed(2), operations[id].p99.toFixed(1)]),
];

const rowsOf = (results) => results.flatMap(({ kind, sizes }) => sizes.map((size) => cellsOf(kind, size)));

const factorOf = ({ store, id, factor }) =>
  `${store}, ${MEASURED[id].title}: ${factor.toFixed(2)}${factor > FLAT ? ` (more than ${FLAT})` : ''}`;

/** What the terminal shows. */
export function textOf({ results }) {
  const head = ['store', 'sessions', 'bytes each', 'own MiB', 'mapped MiB'];
  const columns = [...head, ...IDS.flatMap((id) => [`${id} p50 ms`, 'p99'])];
  const rows = [columns, ...rowsOf(results)].map((row) => row.join('\t'));
  return [
    table(rows),
    '',
    `p50, the longest of the sizes as a multiple of the shortest:`,
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
  const titles = IDS.flatMap((id) => [`${MEASURED[id].title}, p50 ms`, 'p99 ms']);
  return `${date}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model}), ${generator}, ${connections} connections,
${rounds} rounds, medians; the machine's load was ${load.before} before and ${load.after} after.

| ${[...columns, ...titles].join(' | ')} |
| --- | ${[...columns, ...titles]
    .slice(1)
    .map(() => '--:')
    .join(' | ')} |
${rowsOf(results)
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')}

The p50 at the slowest size, as a multiple of that at the fastest:

${flatness(results)
  .map((one) => `- ${factorOf(one)}`)
  .join('\n')}
`;
}
