import type { Answer, Endpoint, Request } from '../../reliability/support/http-client.js';
import {
  addItem,
  begin,
  beginWithCart,
  CUSTOMERS,
  expectAnswer,
  findCart,
  logIn,
  logOut,
  readById,
  readCart,
  readItems,
  readMine,
  refreshAnonymous,
  serviceToken,
  setMine,
  signUp,
  tokensOf,
} from '../../reliability/support/wire.js';
import type { Asked, Shopper, Told } from './told.js';

type Begun = Awaited<ReturnType<typeof beginWithCart>>;

const [ANNA] = CUSTOMERS;
const CARLA = { email: 'carla@acme.test', password: 'old-Carla-2026' };
const SESSIONS = '/api/sessions?an=acme';

/** One of each kind, so that the store has rows of every table that a release would carry over. */
export async function visit(to: Endpoint): Promise<Omit<Told, 'at' | 'format'>> {
  const shopper = await fillsCart(to);
  const refreshed = await comesBack(to);
  const customer = await logsIn(to, ANNA);
  const ended = await leaves(to);
  const account = { ...CARLA, cartId: (await signsUp(to)).cartId };
  const vtex = await speaksVtex(to);
  const staff = await serviceToken(to);
  const lists = await whatLaterVersionsHave(to, staff);
  const reads: readonly Request[] = [
    ...[shopper, customer].flatMap(({ access, cartId }) => [
      readMine(access),
      findCart(access),
      readCart(access, cartId),
      readItems(access, cartId),
    ]),
    readMine(refreshed.access),
    readMine(ended.access),
    ...[shopper, customer, ended].map(({ session }) => readById(staff, session)),
    { method: 'GET', path: `${SESSIONS}&items=*`, headers: { cookie: vtex } },
    { method: 'GET', path: '/api/segments?an=acme', headers: { cookie: vtex } },
    { method: 'GET', path: '/customer/acme/me', token: customer.access },
    ...lists,
  ];
  const asked: Asked[] = [];
  for (const read of reads) asked.push(await ask(to, read));
  const sessions = [shopper, refreshed, customer].map(({ session }) => session);
  return { asked, shopper, customer, account, ended, sessions };
}

async function ask(to: Endpoint, request: Request): Promise<Asked> {
  const { status, body } = await to.send(request);
  const { path, token, headers } = request;
  return { path, token, cookie: headers?.cookie, status, body };
}

async function fillsCart(to: Endpoint): Promise<Begun> {
  const begun = await beginWithCart(to);
  await expectAnswer(to, addItem(begun.access, begun.cartId, 2), 201);
  for (const [key, value] of [
    ['colour', 'red'],
    ['a.$dotted key', 'ä'],
  ] as const) {
    await expectAnswer(to, setMine(begun.access, key, value), 201);
  }
  return begun;
}

async function comesBack(to: Endpoint): Promise<Shopper> {
  const begun = await beginWithCart(to);
  const { body } = await expectAnswer(to, refreshAnonymous(begun.refresh), 200);
  return { session: begun.session, ...tokensOf(body) };
}

async function logsIn(to: Endpoint, credentials: typeof CARLA): Promise<Begun> {
  const begun = await fillsCart(to);
  const { body } = await expectAnswer(to, logIn(begun.access, credentials), 200);
  return { ...begun, ...tokensOf(body) };
}

async function leaves(to: Endpoint): Promise<Shopper> {
  const begun = await logsIn(to, CUSTOMERS[1]);
  await expectAnswer(to, logOut(begun.access), 204);
  return { session: begun.session, access: begun.access, refresh: begun.refresh };
}

async function signsUp(to: Endpoint): Promise<Begun> {
  const { access } = await begin(to);
  await expectAnswer(to, signUp(access, CARLA), 201);
  const carla = await logsIn(to, CARLA);
  await expectAnswer(to, logOut(carla.access), 204);
  return carla;
}

async function speaksVtex(to: Endpoint): Promise<string> {
  const body = { public: { country: { value: 'BRA' }, postalCode: { value: '05408000' } } };
  return cookiesOf(await expectAnswer(to, { method: 'POST', path: SESSIONS, body }, 201));
}

/** Makes one of each. @returns how to read them; nothing of what this version does not know */
async function whatLaterVersionsHave(to: Endpoint, token: string): Promise<readonly Request[]> {
  const webhook = { url: 'https://hooks.acme.test/', types: ['*'], enabled: false };
  const company = { name: 'Acme Trading', type: 'COMPANY' };
  const made: readonly (readonly [string, object])[] = [
    ['/admin/acme/webhooks', webhook],
    ['/customer-management/acme/legal-entities', company],
  ];
  const known: Request[] = [];
  for (const [path, body] of made) {
    const { status } = await to.send({ method: 'POST', path, token, body });
    if (status === 201) known.push({ method: 'GET', path, token });
    else if (status !== 404) throw new Error(`${path}: ${status}`);
  }
  return known;
}

const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');
