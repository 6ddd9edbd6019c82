import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint, Instance, Request } from './http-client.js';
import type { Tokens } from './oracle.js';
import { atOnce } from './parallel.js';
import {
  addItem,
  begin,
  beginWithCart,
  CUSTOMERS,
  expectAnswer,
  findCart,
  logIn,
  logOut,
  patchMine,
  readById,
  readCart,
  readMine,
  refreshAnonymous,
  refreshCustomer,
  replaceById,
  serviceToken,
  setMine,
  tokensOf,
  validate,
} from './wire.js';

const WRITERS = 8;
const LONGEST_SESSION_MS = 100;

/** The credentials that open a customer's session, and those that opened it before the login. */
export interface LoggedIn {
  readonly session: string;
  readonly cartId: string;
  readonly saasToken: string;
  readonly anonymous: Tokens;
  readonly customer: Tokens;
}

/** Other callers who try to use the session. */
export interface Others {
  readonly staff: string;
  readonly bearer: string;
}

export const othersAt = async (to: Endpoint): Promise<Others> => ({
  staff: await serviceToken(to),
  bearer: (await begin(to)).access,
});

/** A customer's session with a cart. */
export async function loggedIn(to: Endpoint, i: number): Promise<LoggedIn> {
  const { session, cartId, ...anonymous } = await beginWithCart(to);
  const [anna, ben] = CUSTOMERS;
  const { body } = await expectAnswer(to, logIn(anonymous.access, i % 2 === 0 ? anna : ben), 200);
  return { session, cartId, saasToken: body.saas_token, anonymous, customer: tokensOf(body) };
}

/** How many tries to log in, before something else than an answer that was lost must be the cause. */
const LOGINS = 3;

/**
 * Where answers may be 503. A login or a first cart that had such an answer may have been carried out, so that it is
 * refused when it is asked again: then another guest logs in.
 */
export async function loggedInAtLast(to: Endpoint, i: number): Promise<LoggedIn> {
  for (let left = LOGINS; ; left--) {
    try {
      return await loggedIn(to, i);
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/**
 * Logs out while writes of the same session are under way, on every instance: none may bring it back.
 * @throws Error - a use right after the logout was not refused
 */
export async function logOutUnderWrites(instances: readonly Instance[], i: number): Promise<LoggedIn> {
  const at = instances[i % instances.length] as Instance;
  const one = await loggedIn(at, i);
  const others = await othersAt(at);
  const { access } = one.customer;
  const answered = new AbortController();
  // They go on until the logout is answered: some are decided on the session as it was before, and written after.
  const writers = instances.flatMap((to) =>
    Array.from({ length: WRITERS }, async (_, n) => {
      while (!answered.signal.aborted) {
        await to.send(setMine(access, `late ${n}`, 'x'));
        await to.send(addItem(access, one.cartId));
      }
    }),
  );
  await sleep(Math.random() * LONGEST_SESSION_MS);
  await expectAnswer(at, logOut(access), 204);
  answered.abort();
  const tooEarly = await usesOf(one, instances, others);
  await Promise.all(writers);
  const late = await usesOf(one, instances, others);
  const accepted = [...tooEarly, ...late];
  if (accepted.length > 0) throw new Error(`After its logout: ${accepted.join()}`);
  return one;
}

/** As often as it takes: an answer may be 503, and 401 says that an earlier try was carried out. */
export async function logOutAtLast(to: Endpoint, { customer }: LoggedIn): Promise<void> {
  for (;;) {
    const { status } = await to.send(logOut(customer.access));
    if (status === 204 || status === 401) return;
    await sleep(100);
  }
}

/** @returns those that were not refused */
export async function usesOf(
  ended: LoggedIn,
  instances: readonly Endpoint[],
  others: Others,
): Promise<readonly string[]> {
  const uses = attempts(ended, others);
  const accepted = await atOnce(instances.length, async (n) => {
    const answers = await Promise.all(uses.map((use) => (instances[n] as Endpoint).send(use)));
    return answers.flatMap(({ status }, i) => {
      const use = uses[i] as Request;
      const refused = use.token === others.staff ? [403, 404] : [401];
      return refused.includes(status) ? [] : [`${use.method} ${use.path.split('?')[0]}: ${status}`];
    });
  });
  return accepted.flat();
}

/** How many uses `usesOf` makes of a session on one instance. */
export const USES = 14;

function attempts(ended: LoggedIn, { staff, bearer }: Others): readonly Request[] {
  const { session, cartId, saasToken, anonymous, customer } = ended;
  return [
    readMine(customer.access),
    setMine(customer.access, 'revived', 'yes'),
    patchMine(customer.access, 1, { currency: 'USD' }),
    findCart(customer.access),
    readCart(customer.access, cartId),
    addItem(customer.access, cartId),
    validate(customer.access),
    logOut(customer.access),
    refreshCustomer(customer.access, customer.refresh),
    refreshCustomer(bearer, customer.refresh),
    readMine(anonymous.access),
    refreshAnonymous(anonymous.refresh),
    readById(staff, session),
    { ...replaceById(staff, session, 1, {}), headers: { 'saas-token': saasToken } },
  ];
}
