import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders.js';
import { wholeNumber } from './lib/numbers.js';
import { OPERATIONS } from './operations/names.js';

const IDS = CONTENDERS.map(({ id }) => id);
const USUAL = CONTENDERS.filter(({ onlyIfNamed }) => !onlyIfNamed).map(({ id }) => id);

export const HELP = `npm run bench -- [options]

Compares the built service, on each of its stores, with a bare Fastify and with what people would use instead: one
generator, on loopback, in turns. It prints and writes down; it asserts nothing.

  --quick                 one short round, in less than a minute; nothing is written to docs/
  --only A,B              these contenders, and the bare server: ${IDS.join(', ')}
                          (vendure, keycloak and kratos only if named: the first run of each takes minutes.
                          Keycloak needs Java and Maven, Kratos Go and a C compiler)
  --operations A,B        these operations: ${Object.keys(OPERATIONS).join(', ')}
  --rounds N              alternating rounds; the median counts (5)
  --seconds N             of one operation in one round (2)
  --connections N         at once (16)
  --generator NAME        wrk or autocannon; wrk where it is on the PATH
  --profile FOLDER        CPU profiles of the service, of all that it does in the run
  --write                 writes docs/performance.md and docs/images/performance.svg, after a run of everything
  --help                  this text

A round of one operation is so many seconds of load on one server, while the others are idle. CPU is user and system
time of the server's process in that time, by /proc, of each request; it hardly depends on what else the machine does.
'npm run bench:growth -- --help' measures what changes as a store grows, 'npm run test:soak -- --help' what changes with time.
BENCH_SERVICE in the environment names another dist/main.js than that of this folder, such as an older one.
`;

/** @throws Error that names what is wrong */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      operations: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '16' },
      generator: { type: 'string' },
      profile: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    ...values,
    only: chosen('--only', values.only, IDS, USUAL),
    operations: chosen('--operations', values.operations, Object.keys(OPERATIONS)),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '5')),
    seconds: wholeNumber('--seconds', values.seconds ?? (quick ? '1' : '2')),
    connections: wholeNumber('--connections', values.connections),
  };
}

function chosen(name, list, known, usual = known) {
  const names = list?.split(',') ?? usual;
  const unknown = names.filter((one) => !known.includes(one));
  if (unknown.length > 0) throw new Error(`${name}: ${unknown.join(', ')} is none of ${known.join(', ')}`);
  return names;
}
