import { ask, json, many } from '../lib/ask.js';

const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const OWN = '/session-context/acme/me/context';
const SESSIONS = '/api/sessions?an=acme';
/** This many shoppers take turns, because in a shop no single one is read all the time. */
const SHOPPERS = 200;

const bearer = (token) => ({ authorization: `Bearer ${token}` });
const firstCart = (token) => ({
  method: 'POST',
  path: '/cart/acme/carts',
  ...json({ siteCode: 'main', currency: 'EUR' }, bearer(token)),
});

const logIn = async (url) => (await ask(url, { path: LOGIN })).json;

async function shopperWithCart(url) {
  const { access_token: token, sessionId } = await logIn(url);
  await ask(url, firstCart(token));
  return { token, sessionId };
}

async function serviceToken(url) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'acme-backend',
    client_secret: 'acme-backend-secret',
  });
  return (await ask(url, { method: 'POST', path: '/oauth/token', body })).json.access_token;
}

/** What makes each of the six apps say something, and something else the next time. */
const CAMPAIGNS = [
  { campaign: 'black friday', country: 'BRA', postalCode: '05408000', email: 'anna@acme.test' },
  { campaign: 'none', country: 'USA', postalCode: '10001', email: 'ben@acme.test' },
];

const sixApps = ({ campaign, country, postalCode, email }) => ({
  public: {
    utm_campaign: { value: campaign },
    country: { value: country },
    postalCode: { value: postalCode },
    'vtex-impersonated-customer-email': { value: email },
    'vtex-impersonation-reason': { value: 'orders by telephone' },
  },
});

/** Devices with a `vtex_session`; those of an employee if `staff` is given. */
async function devices(url, staff) {
  const token = staff ? await serviceToken(url) : undefined;
  const cookie = token ? `VtexIdclientAutCookie=${token}; ` : '';
  return many(SHOPPERS, async () => {
    const begun = await ask(url, { method: 'POST', path: SESSIONS, ...json({}, { cookie }) });
    return cookie + begun.cookies;
  });
}

/**
 * The requests to the service. `requests` prepares them; with `once`, each is good for one answer only, so there must
 * be as many as are sent. `answer` says what each answer must have: a status, and a text in its body.
 */
export const SERVICE_OPERATIONS = [
  {
    id: 'read-by-id',
    async requests(url) {
      const staff = await serviceToken(url);
      const shoppers = await many(SHOPPERS, () => shopperWithCart(url));
      return shoppers.map(({ sessionId }) => ({
        path: `/session-context/acme/context/${sessionId}`,
        headers: bearer(staff),
      }));
    },
    answer: { status: 200, text: '"siteCode":"main"' },
  },
  {
    id: 'read-own',
    async requests(url) {
      const shoppers = await many(SHOPPERS, () => shopperWithCart(url));
      return shoppers.map(({ token }) => ({ path: OWN, headers: bearer(token) }));
    },
    answer: { status: 200, text: '"siteCode":"main"' },
  },
  {
    id: 'anonymous-login',
    requests: async () => [{ path: LOGIN, headers: {} }],
    answer: { status: 200, text: '"access_token":"' },
  },
  {
    id: 'add-attribute',
    async requests(url) {
      const shoppers = await many(SHOPPERS, () => shopperWithCart(url));
      return [0, 1].flatMap((turn) =>
        shoppers.map(({ token }, i) => ({
          method: 'POST',
          path: `${OWN}/attributes`,
          ...json({ key: 'latitude', value: `${turn}.${i}` }, bearer(token)),
        })),
      );
    },
    answer: { status: 201, text: '"latitude"' },
  },
  {
    id: 'first-cart',
    once: true,
    requests: (url, count) => many(count, async () => firstCart((await logIn(url)).access_token)),
    answer: { status: 201, text: '"cartId":"' },
  },
  {
    id: 'vtex-read',
    async requests(url) {
      return (await devices(url)).map((cookie) => ({ path: `${SESSIONS}&items=*`, headers: { cookie } }));
    },
    answer: { status: 200, text: '"namespaces":{' },
  },
  {
    id: 'vtex-change',
    async requests(url) {
      const cookies = await devices(url, true);
      return CAMPAIGNS.flatMap((campaign) =>
        cookies.map((cookie) => ({
          method: 'PATCH',
          path: SESSIONS,
          ...json(sixApps(campaign), { cookie }),
        })),
      );
    },
    answer: { status: 200, text: '"segmentToken":"' },
  },
  {
    id: 'customer-login',
    once: true,
    mostPerSecond: 400,
    requests: (url, count) =>
      many(count, async () => ({
        method: 'POST',
        path: '/customer/acme/login',
        ...json(
          { email: 'ben@acme.test', password: 'demo-Ben-2026' },
          bearer((await logIn(url)).access_token),
        ),
      })),
    answer: { status: 200, text: '"saas_token":"' },
  },
];
