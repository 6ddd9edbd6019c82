import { bareOf, rowsOf } from './rows.js';
import { table } from './table.js';

/** What the terminal shows. */
export function textOf(run) {
  const bare = bareOf(run);
  const lines = [
    `${run.generator}, ${run.connections} connections, ${run.rounds} rounds of ${run.seconds} s`,
    `bare Fastify: ${Math.round(bare.perSecond)}/s, ${bare.cpuMicros.toFixed(0)} µs of CPU, p50 ${ms(bare.p50)}, p99 ${ms(bare.p99)}`,
    '',
    ['operation', 'by', 'a second', 'of bare', 'CPU µs', 'x bare', 'p50', 'p99', 'wrong'].join('\t'),
  ];
  for (const row of rowsOf(run)) {
    lines.push(
      [
        row.operation,
        row.contender,
        Math.round(row.perSecond),
        row.ofBare.toFixed(3),
        row.cpuMicros.toFixed(0),
        row.timesBareCpu.toFixed(1),
        ms(row.p50),
        ms(row.p99),
        row.wrong,
      ].join('\t'),
    );
  }
  return `${table(lines)}\n`;
}

const ms = (value) => `${value.toFixed(1)} ms`;
