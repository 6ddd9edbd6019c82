import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Balancer } from './support/balancer.js';
import { figure } from './support/figure.js';
import { Fleet } from './support/fleet.js';
import { PATIENCE_MS, rounds, sized, STORE } from './support/form.js';
import type { Endpoint } from './support/http-client.js';
import { atOnce, tallyOf } from './support/parallel.js';
import { storeEnv } from './support/store.js';
import {
  addItem,
  begin,
  beginWithCart,
  CUSTOMERS,
  expectAnswer,
  findCart,
  logIn,
  makeCart,
  quantityOf,
  readCart,
  readMine,
  refreshAnonymous,
  replaceById,
  serviceToken,
  setMine,
  tokensOf,
} from './support/wire.js';

const [, ben] = CUSTOMERS;

describe(`Races on ${STORE}`, { timeout: PATIENCE_MS }, () => {
  /** Of a refresh token; the second one has none. */
  const GRACES_SECONDS = [30, 0] as const;
  /** Racing requests are sent to the instances in turn. */
  const INSTANCES = STORE === 'mongo' ? 2 : 1;
  const fleets: Fleet[] = [];
  const balancers: Balancer[] = [];
  let shop: Endpoint;
  let graceless: Endpoint;

  beforeAll(async () => {
    const settings = { ...storeEnv(), ANONYMOUS_REFRESH_REUSE: 'end' };
    for (const grace of GRACES_SECONDS) {
      const fleet = await Fleet.start(INSTANCES, { ...settings, REFRESH_GRACE_SECONDS: String(grace) });
      fleets.push(fleet);
      balancers.push(new Balancer(fleet.instances));
    }
    [shop, graceless] = balancers as readonly Endpoint[] as [Endpoint, Endpoint];
  });
  afterAll(async () => {
    for (const balancer of balancers) balancer.close();
    await Promise.all(fleets.map((fleet) => fleet.dispose()));
  });

  const PUTS = 200;
  const CAS_ROUNDS = sized(3, 10_000);
  it(`R5 ${STORE}: of ${PUTS} parallel PUTs with one version, one is taken: ${CAS_ROUNDS} rounds`, async () => {
    const { session, access } = await beginWithCart(shop);
    const staff = await serviceToken(shop);
    for (const version of rounds('R5', CAS_ROUNDS)) {
      const answers = await atOnce(PUTS, (i) =>
        shop.send(replaceById(staff, session, version, { context: { winner: `${version} ${i}` } })),
      );
      expect(tallyOf(answers)).toEqual({ 204: 1, 409: PUTS - 1 });
      const { body } = await shop.send(readMine(access));
      const winner = answers.findIndex(({ status }) => status === 204);
      expect(body).toMatchObject({
        context: { winner: `${version} ${winner}` },
        metadata: { version: version + 1 },
      });
    }
    figure({
      id: 'R5',
      result: `${CAS_ROUNDS} rounds of ${PUTS} PUTs: 1 x 204 and ${PUTS - 1} x 409 in each`,
    });
  });

  const FIRST_CARTS = 200;
  const CART_ROUNDS = sized(1, 200);
  it(`R6 ${STORE}: ${FIRST_CARTS} parallel first carts make one context and one cart: ${CART_ROUNDS} rounds`, async () => {
    for (const _ of rounds('R6', CART_ROUNDS)) {
      const { access } = await begin(shop);
      const answers = await atOnce(FIRST_CARTS, () => shop.send(makeCart(access)));
      expect(tallyOf(answers)).toEqual({ 201: 1, 409: FIRST_CARTS - 1 });
      const made = new Set(answers.map(({ body }) => body.cartId));
      const { body: cart } = await expectAnswer(shop, findCart(access), 200);
      expect([...made]).toEqual([cart.id]);
      const { body } = await expectAnswer(shop, readMine(access), 200);
      expect(body).toMatchObject({ cartId: cart.id, metadata: { version: 1 } });
    }
    const result = `${CART_ROUNDS} rounds of ${FIRST_CARTS} first carts: 1 context and 1 cart in each, all 409 name it`;
    figure({ id: 'R6', result });
  });

  const ADDS = 100;
  const SESSIONS = sized(5, 100);
  it(`R7 ${STORE}: ${ADDS} parallel adds of attributes are all there, in each of ${SESSIONS} sessions`, async () => {
    for (const _ of rounds('R7', SESSIONS)) {
      const { access } = await beginWithCart(shop);
      const answers = await atOnce(ADDS, (i) => shop.send(setMine(access, `name ${i}`, `value ${i}`)));
      expect(tallyOf(answers)).toEqual({ 201: ADDS });
      const { body } = await expectAnswer(shop, readMine(access), 200);
      const all = Array.from({ length: ADDS }, (_one, i) => [`name ${i}`, `value ${i}`]);
      expect(body.context).toEqual(Object.fromEntries(all));
      expect(body.metadata.version).toBe(1 + ADDS);
    }
    figure({
      id: 'R7',
      result: `${SESSIONS * ADDS} of ${SESSIONS * ADDS} adds are there; each made one version`,
    });
  });

  const GUESTS = sized(20, 50);
  const LOGIN_ROUNDS = sized(1, 20);
  it(`R9 ${STORE}: ${GUESTS} parallel logins of one customer with ${GUESTS} guest carts lose no line: ${LOGIN_ROUNDS} rounds`, async () => {
    for (const _ of rounds('R9', LOGIN_ROUNDS)) {
      const guests = await atOnce(GUESTS, async (i) => {
        const guest = await beginWithCart(shop);
        await expectAnswer(shop, addItem(guest.access, guest.cartId, i + 1), 201);
        return guest;
      });
      const answers = await Promise.all(guests.map(({ access }) => shop.send(logIn(access, ben))));
      expect(tallyOf(answers)).toEqual({ 200: GUESTS });
      const customers = answers.map(({ body }) => tokensOf(body));
      const carts = await Promise.all(
        customers.map(({ access }, i) => expectAnswer(shop, readCart(access, guests[i]?.cartId ?? ''), 200)),
      );
      expect(carts.map(({ body }) => quantityOf(body.items))).toEqual(guests.map((_guest, i) => i + 1));
      const open = await Promise.all(
        customers.map(({ access }) => expectAnswer(shop, findCart(access), 200)),
      );
      expect(new Set(open.map(({ body }) => body.id)).size).toBe(1);
    }
    const pieces = (GUESTS * (GUESTS + 1)) / 2;
    const result = `${LOGIN_ROUNDS} rounds: all 200, one open cart, ${pieces} of ${pieces} pieces in the customer’s ${GUESTS} carts`;
    figure({ id: 'R9', result });
  });

  const REFRESHES = 200;
  const GRACELESS_ROUNDS = sized(2, 1_000);
  const GRACE_ROUNDS = sized(1, 100);
  it(`R8 ${STORE}: ${REFRESHES} parallel refreshes have one winner without a grace, and one successor within it [P-08]`, async () => {
    const race = async (to: Endpoint): Promise<Readonly<Record<number, number>>> => {
      const { refresh } = await begin(to);
      const answers = await atOnce(REFRESHES, () => to.send(refreshAnonymous(refresh)));
      const successors = new Set(answers.flatMap(({ body }) => body.refresh_token ?? []));
      expect(successors.size).toBe(1);
      const [successor = ''] = successors;
      // Without a grace, the losers look like thieves, so the session ends for the winner too.
      expect((await to.send(refreshAnonymous(successor))).status).toBe(to === graceless ? 401 : 200);
      return tallyOf(answers);
    };
    let fewest = REFRESHES;
    for (const _ of rounds('R8 without a grace', GRACELESS_ROUNDS)) {
      expect(await race(graceless)).toEqual({ 200: 1, 401: REFRESHES - 1 });
    }
    for (const _ of rounds('R8', GRACE_ROUNDS)) {
      const { 200: answered = 0, 401: refused = 0 } = await race(shop);
      expect(answered + refused).toBe(REFRESHES);
      fewest = Math.min(fewest, answered);
    }
    const result =
      `grace 0: 1 winner of ${REFRESHES} in each of ${GRACELESS_ROUNDS} rounds; ` +
      `grace ${GRACES_SECONDS[0]} s: one successor for all who are answered in each of ${GRACE_ROUNDS} rounds, ` +
      `${fewest} of ${REFRESHES} at the fewest; the session goes on`;
    figure({ id: 'R8', result });
  });
});
