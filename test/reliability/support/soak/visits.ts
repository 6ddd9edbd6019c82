import type { Answer, Endpoint, Request } from '../http-client.js';
import {
  addItem,
  begin,
  beginWithCart,
  CUSTOMERS,
  expectAnswer,
  logIn,
  logOut,
  patchMine,
  readById,
  readCart,
  readMine,
  refreshAnonymous,
  serviceToken,
  setMine,
} from '../wire.js';

/** What a shopper does from coming to leaving. @throws Error when an answer is not the right one */
export type Visit = (to: Endpoint) => Promise<void>;

const [, ben] = CUSTOMERS;
const SESSIONS = '/api/sessions?an=acme';
const STAFF_TOKEN_MS = 600_000;

/** Most visitors leave at once. */
export const looksAround: Visit = async (to) => {
  const { access } = await begin(to);
  await expectAnswer(to, readMine(access), 404);
};

async function fillsCart(to: Endpoint, staff: string): Promise<void> {
  const { access, refresh, session, cartId } = await beginWithCart(to);
  for (const name of ['latitude', 'longitude', 'segment']) {
    await expectAnswer(to, setMine(access, name, `${name} of ${session}`), 201);
    await expectAnswer(to, readMine(access), 200);
  }
  await expectAnswer(to, addItem(access, cartId), 201);
  await expectAnswer(to, readCart(access, cartId), 200);
  const { body } = await expectAnswer(to, readById(staff, session), 200);
  await expectAnswer(to, patchMine(access, body.metadata.version, { currency: 'USD' }), 204);
  await expectAnswer(to, refreshAnonymous(refresh), 200);
}

/** The same in the VTEX dialect. */
export const looksAroundInVtex: Visit = async (to) => {
  await readVtex(to, await beginVtex(to));
};

const speaksVtex: Visit = async (to) => {
  const cookie = await beginVtex(to);
  await expectAnswer(to, vtex('PATCH', { postalCode: { value: '05408000' } }, cookie), 200);
  await readVtex(to, cookie);
};

const beginVtex = async (to: Endpoint): Promise<string> =>
  cookiesOf(await expectAnswer(to, vtex('POST', { country: { value: 'BRA' } }), 201));

const readVtex = (to: Endpoint, cookie: string): Promise<Answer> =>
  expectAnswer(to, { method: 'GET', path: `${SESSIONS}&items=*`, headers: { cookie } }, 200);

const buysAgain: Visit = async (to) => {
  const { access } = await beginWithCart(to);
  const { body } = await expectAnswer(to, logIn(access, ben), 200);
  await expectAnswer(to, readMine(body.access_token), 200);
  await expectAnswer(to, logOut(body.access_token), 204);
};

const vtex = (method: 'POST' | 'PATCH', values: object, cookie?: string): Request => ({
  method,
  path: SESSIONS,
  body: { public: values },
  ...(cookie !== undefined && { headers: { cookie } }),
});

const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');

/** Visits in the shares that they have of all. Customers log in seldom: checking a password takes 50 ms of a core. */
export class Visits {
  private staff: { readonly token: Promise<string>; readonly since: number } | undefined;
  private readonly mix: readonly (readonly [Visit, number])[] = [
    [looksAround, 0.6],
    [async (to) => fillsCart(to, await this.staffToken(to)), 0.85],
    [speaksVtex, 0.98],
    [buysAgain, 1],
  ];

  one(): Visit {
    const dice = Math.random();
    const [visit = looksAround] = this.mix.find(([, upTo]) => dice < upTo) ?? [];
    return visit;
  }

  private staffToken(to: Endpoint): Promise<string> {
    if (!this.staff || performance.now() - this.staff.since > STAFF_TOKEN_MS) {
      this.staff = { token: serviceToken(to), since: performance.now() };
    }
    return this.staff.token;
  }
}
