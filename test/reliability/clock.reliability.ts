import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { figure } from './support/figure.js';
import { Fleet } from './support/fleet.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import type { Answer, Instance, Request } from './support/http-client.js';
import { metric } from './support/metrics.js';
import type { Tokens } from './support/oracle.js';
import { atOnce, tallyOf } from './support/parallel.js';
import { storeEnv } from './support/store.js';
import {
  askForPassword,
  begin,
  beginWithCart,
  type Begun,
  CUSTOMERS,
  expectAnswer,
  logIn,
  readById,
  readMine,
  refreshAnonymous,
  serviceToken,
  setMine,
  tokensOf,
} from './support/wire.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Past an end that lies exactly an hour, or a day, ahead. */
const MINUTE_MS = 60_000;

const INSTANCES = STORE === 'mongo' ? 2 : 1;
const SESSIONS = sized(10, 50);
const SWEEP_SECONDS = 1;
const HOUR_SECONDS = 3_600;
/** The limit of password requests per hour; see `src/rate-limit/limits.rules.ts`. */
const ASKED_PER_HOUR = 5;
/** Above what the few wrong passwords of this suite lead to, and far below an hour. */
const LONGEST_DELAY_SECONDS = 64;

type Guest = Begun & { readonly cartId: string };

const PATIENT = { timeout: 30_000, interval: 100 };

/** Each step sets the wall clocks of all instances, and begins where the one before it ended; a figure is of all of them. */
describe(`Clocks that are set while the service runs, on ${STORE}`, { timeout: PATIENCE_MS }, () => {
  const [, ben] = CUSTOMERS;
  const stranger = { email: 'anna@acme.test', password: 'not her password' };
  let fleet: Fleet;
  let shop: Instance;
  let guests: readonly Guest[];
  let customers: readonly Tokens[];
  let expired: readonly Guest[];
  let awake: readonly Guest[];
  let held = 0;

  beforeAll(async () => {
    const env = {
      ...storeEnv(),
      RATE_LIMITS: 'on',
      NEW_CARTS_PER_MINUTE: '100000',
      SWEEP_SECONDS: String(SWEEP_SECONDS),
      KEY_ROTATION_DAYS: '1',
    };
    fleet = await Fleet.start(INSTANCES, env, { faults: true });
    shop = fleet.first;
    guests = await comeIn(SESSIONS);
    customers = await atOnce(2, async () => {
      const { access } = await begin(shop);
      return tokensOf((await expectAnswer(shop, logIn(access, ben), 200)).body);
    });
  });
  afterAll(() => fleet.dispose());

  /** @param ms from the true time on */
  const set = (ms: number): Promise<unknown> =>
    Promise.all(fleet.services.map((service) => service.suffer({ clockMs: ms })));

  /** In turn from each instance. */
  const ask = async (requests: readonly Request[]): Promise<Readonly<Record<number, number>>> =>
    tallyOf(
      await Promise.all(
        requests.map((request, i) => (fleet.instances[i % INSTANCES] as Instance).send(request)),
      ),
    );

  const comeIn = (count: number): Promise<readonly Guest[]> => atOnce(count, () => beginWithCart(shop));
  const reads = (some: readonly Tokens[]): readonly Request[] => some.map(({ access }) => readMine(access));
  const refreshes = (some: readonly Tokens[]) => some.map(({ refresh }) => refreshAnonymous(refresh));
  const looks = (staff: string, some: readonly Begun[]) =>
    some.map(({ session }) => readById(staff, session));
  /** 404: their sessions are alive, and have no context. */
  const expectCustomersIn = async (): Promise<void> =>
    expect(await ask(reads(customers))).toEqual({ 404: customers.length });

  const swept = async (): Promise<number> => {
    const all = await Promise.all(
      fleet.instances.map((one) => metric(one, 'onesession_swept_records_total')),
    );
    return all.reduce((sum, one) => sum + one, 0);
  };
  const keys = async (): Promise<readonly string[]> => {
    const { body } = await shop.send({ method: 'GET', path: '/.well-known/jwks.json' });
    return body.keys.map(({ kid }: { readonly kid: string }) => kid);
  };
  /** Long enough for each instance to rotate a key that is due. */
  const sweepsPass = (): Promise<void> => sleep(3 * SWEEP_SECONDS * 1000);

  /** Seconds that a limit makes this caller wait; 0 when it was let through. */
  const waitOf = ({ status, headers }: Answer): number =>
    status === 429 ? Number(headers['retry-after']) : 0;

  it(`R20 ${STORE}: an hour back logs nobody out`, async () => {
    await set(-HOUR_MS);
    expect(await ask(reads(guests))).toEqual({ 200: guests.length });
    expect(await ask(guests.map(({ access }) => setMine(access, 'size', 'M')))).toEqual({
      201: guests.length,
    });
    await expectCustomersIn();
    const [first, ...others] = guests as readonly [Guest, ...Guest[]];
    const { body } = await expectAnswer(shop, refreshAnonymous(first.refresh), 200);
    guests = [{ ...first, ...tokensOf(body) }, ...others];
    expect(await ask(reads(guests))).toEqual({ 200: guests.length });
    held++;
  });

  it(`R20 ${STORE}: an hour back makes nobody wait longer than a limit says`, async () => {
    await set(0);
    const guesser = await begin(shop);
    const guess = (): Promise<Answer> => shop.send(logIn(guesser.access, stranger));
    const forgetful = await begin(shop);
    const asks = (): Promise<Answer> => shop.send(askForPassword(forgetful.access, ben.email));
    for (let i = 0; i < ASKED_PER_HOUR; i++) expect((await asks()).status).toBe(204);
    expect(waitOf(await asks())).toBeGreaterThan(0);
    // Sends wrong passwords, each of which doubles the wait, until one is refused without being checked.
    for (let refused = await guess(); refused.status !== 429; refused = await guess()) {
      expect(refused.status).toBe(401);
    }
    await set(-HOUR_MS);
    expect(waitOf(await asks())).toBeLessThanOrEqual(HOUR_SECONDS);
    const right = (): Promise<Answer> => shop.send(logIn(guesser.access, CUSTOMERS[0]));
    let login = await right();
    for (; waitOf(login) > 0; login = await right()) {
      expect(waitOf(login)).toBeLessThanOrEqual(LONGEST_DELAY_SECONDS);
      await sleep(waitOf(login) * 1000);
    }
    expect(login.status).toBe(200);
    held++;
  });

  it(`R20 ${STORE}: what an hour ahead has ended stays so when the clock is set back`, async () => {
    await set(HOUR_MS + MINUTE_MS);
    expect(await ask(reads(guests))).toEqual({ 401: guests.length });
    const [first, ...others] = guests as readonly [Guest, ...Guest[]];
    const { body } = await expectAnswer(shop, refreshAnonymous(first.refresh), 200);
    awake = [{ ...first, ...tokensOf(body) }];
    expired = others;
    await set(0);
    const staff = await serviceToken(shop);
    expect(await ask(reads(expired))).toEqual({ 401: expired.length });
    expect(await ask(looks(staff, expired))).toEqual({ 404: expired.length });
    expect(await ask(reads(awake))).toEqual({ 200: awake.length });
    await expectCustomersIn();
    awake = [...awake, ...(await comeIn(SESSIONS))];
    expect(await ask(reads(awake))).toEqual({ 200: awake.length });
    held++;
  });

  it(`R20 ${STORE}: a day ahead erases what has ended and rotates the signing key once, on ${INSTANCES} instances`, async () => {
    const [before, erased] = [await keys(), await swept()];
    await set(DAY_MS + 2 * HOUR_MS);
    expect(await ask(reads([...expired, ...awake]))).toEqual({ 401: expired.length + awake.length });
    expect(await ask(refreshes([...expired, ...awake]))).toEqual({ 401: expired.length + awake.length });
    await vi.waitFor(async () => expect(await keys()).not.toHaveLength(before.length), PATIENT);
    await vi.waitFor(
      async () => expect(await swept()).toBeGreaterThanOrEqual(erased + expired.length + awake.length),
      PATIENT,
    );
    await sweepsPass();
    expect(await keys()).toHaveLength(before.length + 1);
    expect(await keys()).toEqual(expect.arrayContaining([...before]));
    await expectCustomersIn();
    held++;
  });

  it(`R20 ${STORE}: a day back revives nothing, rotates nothing, and the next day ahead is swept as well`, async () => {
    const before = await keys();
    await set(0);
    const gone = [...expired, ...awake];
    const staff = await serviceToken(shop);
    expect(await ask(reads(gone))).toEqual({ 401: gone.length });
    expect(await ask(refreshes(gone))).toEqual({ 401: gone.length });
    expect(await ask(looks(staff, gone))).toEqual({ 404: gone.length });
    await expectCustomersIn();
    const latest = await comeIn(SESSIONS);
    expect(await ask(reads(latest))).toEqual({ 200: latest.length });
    await sweepsPass();
    expect(await keys()).toEqual(before);
    const erased = await swept();
    await set(3 * DAY_MS);
    await vi.waitFor(
      async () => expect(await swept()).toBeGreaterThanOrEqual(erased + latest.length),
      PATIENT,
    );
    expect(await ask(reads(latest))).toEqual({ 401: latest.length });
    await expectCustomersIn();
    expect(held).toBe(4);
    figure({
      id: 'R20',
      result:
        `set back by an hour, ahead by an hour and back, ahead by a day and back: 0 of ` +
        `${SESSIONS + customers.length} sessions logged out by going back, 0 of ${gone.length} ended ones alive again, no ` +
        `wait longer than its limit; one new signing key on ${INSTANCES === 1 ? 'one instance' : `${INSTANCES} instances`}, ${erased + latest.length} records erased`,
    });
  });
});
