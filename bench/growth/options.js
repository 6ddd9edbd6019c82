import { parseArgs } from 'node:util';
import { wholeNumber } from '../lib/numbers.js';
import { FLAT } from './report.js';
import { KINDS } from './stores.js';

export const HELP = `npm run bench:growth -- [options]

Fills each store with 1,000, then 100,000, then 1,000,000 sessions of anonymous shoppers, one in ten with a context and a
cart, and measures at each size: bytes on disk for each session, memory of the service, and how long a few requests take
under a light load. It ends with 1 when a p50 at one size is more than ${FLAT} times that at another, or an answer was wrong.

  --store A,B          ${Object.keys(KINDS).join(', ')} (all)
  --sizes N,N          sessions (1000,100000,1000000)
  --rounds N           alternating rounds; the quickest counts (9)
  --seconds N          for which one load may last at most; it ends when its requests are answered (2)
  --connections N      at once (4)
  --generator NAME     wrk or autocannon; wrk where it is on the PATH
  --write              writes the table into docs/performance.md
  --help               this text

The stores of all sizes are there at once, each with its own service, and take turns. Sessions are written through the
service's own adapters, past HTTP: a million takes three to ten minutes and about 2 GB in the folder for temporary files.
BENCH_SERVICE in the environment names another dist/main.js than that of this folder.
`;

/** @throws Error that names what is wrong */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      store: { type: 'string', default: Object.keys(KINDS).join(',') },
      sizes: { type: 'string', default: '1000,100000,1000000' },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '4' },
      generator: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const store = values.store.split(',');
  const unknown = store.filter((one) => !(one in KINDS));
  if (unknown.length > 0) throw new Error(`--store: there is no ${unknown.join(', ')}`);
  return {
    ...values,
    store,
    sizes: values.sizes.split(',').map((size) => wholeNumber('--sizes', size)),
    rounds: wholeNumber('--rounds', values.rounds),
    seconds: wholeNumber('--seconds', values.seconds),
    connections: wholeNumber('--connections', values.connections),
  };
}
