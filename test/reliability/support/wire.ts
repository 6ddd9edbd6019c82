import type { Endpoint, Request } from './http-client.js';
import type { Tokens } from './oracle.js';

const MINE = '/session-context/acme/me/context';
const CARTS = '/cart/acme/carts';

const storefront = (extra: Record<string, string> = {}): string =>
  new URLSearchParams({ tenant: 'acme', client_id: 'acme-storefront', ...extra }).toString();

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Demo customers. */
export const CUSTOMERS = [
  { email: 'anna@acme.test', password: 'demo-Anna-2026' },
  { email: 'ben@acme.test', password: 'demo-Ben-2026' },
] as const;

export const beginSession = (): Request => ({
  method: 'GET',
  path: `/customerlogin/auth/anonymous/login?${storefront()}`,
});

export const refreshAnonymous = (refresh: string): Request => ({
  method: 'GET',
  path: `/customerlogin/auth/anonymous/refresh?${storefront({ refresh_token: refresh })}`,
});

export const refreshCustomer = (bearer: string, refresh: string): Request => ({
  method: 'GET',
  path: `/customer/acme/refreshauthtoken?${new URLSearchParams({ refreshToken: refresh }).toString()}`,
  token: bearer,
});

export const signUp = (token: string, customer: Credentials): Request => ({
  method: 'POST',
  path: '/customer/acme/signup',
  token,
  body: customer,
});

export const logIn = (token: string, credentials: Credentials): Request => ({
  method: 'POST',
  path: '/customer/acme/login',
  token,
  body: credentials,
});

/** A link to set another password, by mail. */
export const askForPassword = (token: string, email: string): Request => ({
  method: 'POST',
  path: '/customer/acme/password/reset',
  token,
  body: { email },
});

export const logOut = (token: string): Request => ({
  method: 'GET',
  path: `/customer/acme/logout?accessToken=${token}`,
  token,
});

export const readMine = (token: string): Request => ({ method: 'GET', path: MINE, token });

export const setMine = (token: string, key: string, value: string): Request => ({
  method: 'POST',
  path: `${MINE}/attributes`,
  token,
  body: { key, value },
});

export const patchMine = (token: string, version: number, changes: object): Request => ({
  method: 'PATCH',
  path: MINE,
  token,
  body: { ...changes, metadata: { version } },
});

export const readById = (token: string, session: string): Request => ({
  method: 'GET',
  path: `/session-context/acme/context/${session}`,
  token,
});

export const replaceById = (token: string, session: string, version: number, changes: object): Request => ({
  method: 'PUT',
  path: `/session-context/acme/context/${session}`,
  token,
  body: { ...changes, metadata: { version } },
});

/** A backend makes a context under an id of its own choice. */
export const makeById = (token: string, session: string): Request => ({
  method: 'PUT',
  path: `/session-context/acme/context/${session}?upsert=true`,
  token,
  body: { metadata: { version: 1 } },
});

export const validate = (token: string): Request => ({
  method: 'GET',
  path: '/customer/acme/validateauthtoken',
  token,
});

export const makeCart = (token: string): Request => ({
  method: 'POST',
  path: CARTS,
  token,
  body: { siteCode: 'main', currency: 'EUR' },
});

export const findCart = (token: string): Request => ({
  method: 'GET',
  path: `${CARTS}?siteCode=main`,
  token,
});

export const readCart = (token: string, cartId: string): Request => ({
  method: 'GET',
  path: `${CARTS}/${cartId}`,
  token,
});

export const readItems = (token: string, cartId: string): Request => ({
  method: 'GET',
  path: `${CARTS}/${cartId}/items`,
  token,
});

/** Another of the same product joins the line that is there, so the sum of the lines counts the calls. */
export const addItem = (token: string, cartId: string, quantity = 1): Request => ({
  method: 'POST',
  path: `${CARTS}/${cartId}/items?siteCode=main`,
  token,
  body: {
    itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
    quantity,
    price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
  },
});

export const quantityOf = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

interface TokenBody {
  readonly access_token: string;
  readonly refresh_token: string;
}

export const tokensOf = (body: TokenBody): Tokens => ({
  access: body.access_token,
  refresh: body.refresh_token,
});

/** @throws Error unless it is answered as expected */
export async function expectAnswer(to: Endpoint, request: Request, status: number) {
  const answer = await to.send(request);
  if (answer.status === status) return answer;
  const got = `${answer.status} ${JSON.stringify(answer.body)}`;
  throw new Error(`${request.method} ${request.path.split('?')[0]}: ${got} instead of ${status}`);
}

export interface Begun extends Tokens {
  readonly session: string;
}

export async function begin(to: Endpoint): Promise<Begun> {
  const { body } = await expectAnswer(to, beginSession(), 200);
  return { session: body.sessionId, ...tokensOf(body) };
}

/** An anonymous session with its first cart. */
export async function beginWithCart(to: Endpoint): Promise<Begun & { readonly cartId: string }> {
  const begun = await begin(to);
  const { body } = await expectAnswer(to, makeCart(begun.access), 201);
  return { ...begun, cartId: body.cartId };
}

/** @returns an access token of the client with all its scopes */
export async function serviceToken(to: Endpoint, client = 'acme-backend'): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: `${client}-secret`,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await expectAnswer(to, { method: 'POST', path: '/oauth/token', body, headers }, 200);
  return answer.body.access_token;
}
