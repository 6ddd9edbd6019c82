import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const USAGE = `npm run test:soak -- [options]

Puts the built service under a mixed load for a long time, on each store: logins, carts, contexts, customers and the VTEX
dialect, in sessions that end after a minute. Prints how its memory changes in MiB an hour, by linear regression after a
warm-up, and writes that into the row of R14 in docs/reliability.md. It fails when an answer is wrong or memory grows.

  --minutes N    under load, for each store (10)
  --hours N      the same in hours
  --store NAME   embedded or mongo (both, one after the other)
  --visits N     visitors a second, with about five requests each (30)
  --help         this text
`;

class WrongOption extends Error {}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new WrongOption(`--${name}: ${text} is not a number above 0`);
  return value;
}

/** @throws WrongOption, or what parseArgs says */
function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      hours: { type: 'string' },
      store: { type: 'string' },
      visits: { type: 'string', default: '30' },
      help: { type: 'boolean', default: false },
    },
  });
  const { minutes, hours, store, visits, help } = values;
  if (store !== undefined && !['embedded', 'mongo'].includes(store)) {
    throw new WrongOption(`--store: ${store} is neither embedded nor mongo`);
  }
  const length = hours === undefined ? positive('minutes', minutes) : 60 * positive('hours', hours);
  return { minutes: length, visits: positive('visits', visits), store, help };
}

function soak({ minutes, visits, store }: ReturnType<typeof readOptions>): void {
  const project = store === undefined ? [] : ['--project', store];
  const { status } = spawnSync('node', ['scripts/reliability.ts', ...project, '-t', 'R14\\b'], {
    stdio: 'inherit',
    env: { ...process.env, SOAK_MINUTES: String(minutes), SOAK_VISITS_PER_SECOND: String(visits) },
  });
  process.exitCode = status ?? 1;
}

try {
  const options = readOptions();
  if (options.help) process.stdout.write(USAGE);
  else soak(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
