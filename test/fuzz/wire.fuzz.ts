import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEVELOPMENT_OPERATOR_SECRET } from '../../src/config/config.schema.js';
import { ServiceProcess } from '../reliability/support/service-process.js';
import { Callers, type Role } from '../support/access/callers.js';
import { newMongoUri } from '../support/store/drivers.js';
import { fuzz, installSchemathesis, type Outcome } from './schemathesis.js';
import { openTokenDesk } from './token-desk.js';

/**
 * Examples of one operation, beside those that the description gives and those that its limits lead to, of which there
 * are thousands. No time limit: it would leave out what comes late, and more of it on a slower machine.
 */
const EXAMPLES = process.env.FUZZ === 'full' ? 12 : 1;

/** In each of the runs. All of them have 20,000, and 2,000 in the short form, which is for CI. */
const FEWEST_CASES = process.env.FUZZ === 'full' ? 3_334 : 334;

/** The caller, and somebody else in the tenant who may not see what belongs to the caller. */
const ROLES = [
  { caller: 'service', other: 'customer' },
  { caller: 'customer', other: 'customer' },
  { caller: 'visitor', other: 'visitor' },
  { caller: 'operator', other: 'service' },
] as const satisfies readonly { caller: Role; other: Role }[];

const RUNS = ROLES.flatMap((role) => (['embedded', 'mongo'] as const).map((store) => ({ ...role, store })));

/** No operation describes 414, which is answered before any route is known; a generated query can exceed the default. */
const LONG_URLS = { URL_LIMIT_BYTES: '65536' };

/** Settings under which every described route is served. */
const ALL_ROUTES = { OPERATOR_SECRET: DEVELOPMENT_OPERATOR_SECRET, UCP: 'on' };

/** A client of ours waits for the end of each answer. */
const SHORT_STREAMS = { LIVE_STREAM_SECONDS: '1' };

const outcomes: Outcome[] = [];

beforeAll(() => installSchemathesis());

afterAll(() => {
  const sum = (of: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  process.stdout.write(`fuzz: ${sum('cases')} cases, ${sum('failures')} failures\n`);
});

it.concurrent.each(RUNS)(
  'does on the $store store as it says for a $caller',
  async ({ store, caller, other }) => {
    // Each caller gets its own service, because one may delete the site that another needs.
    const service = await ServiceProcess.create({
      ...LONG_URLS,
      ...ALL_ROUTES,
      ...SHORT_STREAMS,
      ...(store === 'mongo' && { MONGODB_URI: newMongoUri() }),
    });
    try {
      await service.start();
      const name = `${store}-${caller}`;
      const outcome = await asked(service.instance.url, name, caller, other);
      outcomes.push(outcome);
      process.stdout.write(`${name}: ${outcome.cases} cases, ${outcome.failures} failures\n`);
      expect(outcome.cases).toBeGreaterThanOrEqual(FEWEST_CASES);
      expect(outcome.failures, `see reports/fuzz/${name}.txt`).toBe(0);
    } finally {
      await service.dispose();
    }
  },
);

async function asked(url: string, name: string, caller: Role, other: Role): Promise<Outcome> {
  const callers = await Callers.of(url);
  const desk = await openTokenDesk({
    caller: callers[caller],
    other: callers[other],
    stranger: callers.stranger,
  });
  try {
    return await fuzz({ name, url, desk: desk.url, examples: EXAMPLES });
  } finally {
    desk.close();
  }
}
