import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../support/shop.js';
import { TestClock } from '../support/test-clock.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import { Instance, type Request } from './support/http-client.js';
import { atOnce, tallyOf } from './support/parallel.js';
import {
  addItem,
  beginWithCart,
  expectAnswer,
  findCart,
  readById,
  readCart,
  readItems,
  readMine,
  refreshAnonymous,
  serviceToken,
  validate,
} from './support/wire.js';

const LIFETIME_SECONDS = 3_600;
const WINDOW_SECONDS = 86_400;
const SESSIONS = sized(20, 1_000);
const READS = sized(500, 100_000);
const AT_ONCE = 50;

interface Visit {
  readonly session: string;
  readonly access: string;
  readonly refresh: string;
  readonly cartId: string;
}

/** The built service has no clock to turn, so this one runs in the process of the test. Nothing sweeps. */
describe(`Expired sessions on ${STORE}`, { timeout: PATIENCE_MS }, () => {
  let shop: Shop;
  let http: Instance;
  let staff: string;
  const visits: Visit[] = [];

  beforeAll(async () => {
    const env = { LOG_LEVEL: 'silent', SWEEP_SECONDS: '1000000', SERVICE_TOKEN_SECONDS: '1000000' };
    shop = await openShop({ clock: new TestClock(), env });
    http = new Instance(shop.url);
    staff = await serviceToken(http);
    while (visits.length < SESSIONS) {
      const some = await atOnce(Math.min(AT_ONCE, SESSIONS - visits.length), async () => {
        const visit = await beginWithCart(http);
        await expectAnswer(http, addItem(visit.access, visit.cartId), 201);
        return visit;
      });
      visits.push(...some);
    }
  });
  afterAll(async () => {
    http.close();
    await shop.close();
  });

  /** Every way to read something of a session: 7 as the shopper, and 4 as an employee. */
  const readsOf = ({ session, access, cartId }: Visit): readonly Request[] => [
    readMine(access),
    readCart(access, cartId),
    readItems(access, cartId),
    findCart(access),
    validate(access),
    { method: 'GET', path: `/cart/acme/carts/${cartId}/items/0`, token: access },
    { method: 'GET', path: `/cart/acme/carts?siteCode=main&create=true`, token: access },
    readById(staff, session),
    readCart(staff, cartId),
    readItems(staff, cartId),
    { method: 'GET', path: `/cart/acme/carts?siteCode=main&sessionId=${session}`, token: staff },
  ];

  /** A portion after the other. */
  const ask = async (requests: readonly Request[]): Promise<Readonly<Record<number, number>>> => {
    const answers: { readonly status: number }[] = [];
    for (let done = 0; done < requests.length; done += AT_ONCE) {
      const portion = requests.slice(done, done + AT_ONCE);
      answers.push(
        ...(await Promise.all(portion.map(async (one) => ({ status: (await http.send(one)).status })))),
      );
    }
    return tallyOf(answers);
  };

  const readAll = (reads: number): Promise<Readonly<Record<number, number>>> => {
    const ways = visits.flatMap(readsOf);
    return ask(Array.from({ length: reads }, (_, i) => ways[i % ways.length] as Request));
  };

  it(`R11 ${STORE}: is served until the last second of its lifetime, and never from then on`, async () => {
    const once = visits.length * readsOf(visits[0] as Visit).length;
    shop.clock.advanceSeconds(LIFETIME_SECONDS - 1);
    expect(await readAll(once)).toEqual({ 200: once });
    shop.clock.advanceSeconds(1);
    const atTheEnd = await readAll(once);
    shop.clock.advanceSeconds(1);
    const afterIt = await readAll(READS);
    for (const tally of [atTheEnd, afterIt]) expect(Object.keys(tally)).toEqual(['401', '404']);
    figure({
      id: 'R11',
      result: `0 of ${READS + once} reads by 11 ways answered, from the end of the lifetime on`,
    });
  });

  it(`R11 ${STORE}: a refresh wakes it until the end of its window, and never from then on`, async () => {
    const [first, ...others] = visits as [Visit, ...Visit[]];
    shop.clock.advanceSeconds(WINDOW_SECONDS - LIFETIME_SECONDS - 2);
    const { body } = await expectAnswer(http, refreshAnonymous(first.refresh), 200);
    await expectAnswer(http, readMine(body.access_token), 200);
    shop.clock.advanceSeconds(1);
    const total = await ask(others.map(({ refresh }) => refreshAnonymous(refresh)));
    expect(total).toEqual({ 401: others.length });
  });
});
