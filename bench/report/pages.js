import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { OPERATIONS } from '../operations/names.js';
import { chartOf } from './chart.js';
import { bareOf, rowsOf } from './rows.js';
import { PERFORMANCE_PAGE, withSection } from './section.js';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const PICTURE = at('docs/images/performance.svg');

/** @param run what `bench.js` measured */
export async function writePages(run) {
  const page = await readFile(PERFORMANCE_PAGE, 'utf8');
  await writeFile(PERFORMANCE_PAGE, withSection(page, 'bench', section(run)));
  await writeFile(PICTURE, chartOf(run));
}

function section(run) {
  const bare = bareOf(run);
  const versions = run.contenders.flatMap(({ versions: list }) => list());
  return `${run.date}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model}), ${run.generator}, ${run.connections} connections,
${run.rounds} rounds of ${run.seconds} s, medians. Peers: ${versions.join(', ')}.

A bare Fastify: ${Math.round(bare.perSecond)} requests a second, ${bare.cpuMicros.toFixed(0)} µs of CPU each,
p50 ${bare.p50.toFixed(1)} ms, p99 ${bare.p99.toFixed(1)} ms.

| operation | by | requests a second | of bare | CPU µs | × bare | p50 ms | p99 ms |
| --- | --- | --: | --: | --: | --: | --: | --: |
${rowsOf(run).map(lineOf).join('\n')}
`;
}

const lineOf = (row) =>
  `| ${[
    OPERATIONS[row.operation],
    row.title,
    Math.round(row.perSecond),
    row.ofBare.toPrecision(2),
    row.cpuMicros.toFixed(0),
    row.timesBareCpu.toFixed(1),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
  ].join(' | ')} |`;
