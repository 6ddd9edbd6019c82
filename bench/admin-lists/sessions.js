import { randomUUID } from 'node:crypto';

const DAY_MS = 86_400_000;

/** The first of a list is common, the last one rare. */
function skewed(list, random) {
  return list[Math.floor(list.length * random() ** 3)];
}

const COUNTRIES = ['DE', 'FR', 'AT', 'US', 'GB', 'IT', 'ES', 'NL', 'BE', 'PL'];
/** Most shoppers of a site see its own currency and language. */
const SITES = [
  { siteCode: 'main', currency: 'EUR', language: 'de' },
  { siteCode: 'us', currency: 'USD', language: 'en' },
  { siteCode: 'b2b', currency: 'EUR', language: 'de' },
];
const CAMPAIGNS = [undefined, undefined, ...Array.from({ length: 20 }, (_, i) => `campaign-${i}`)];

/** The same numbers in each run: mulberry32. */
export function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sessions of a day: a third has a context, a fifth is a customer's, one of twenty came by the VTEX dialect. */
export function aSession(random, now, i, sessions) {
  const createdAt = new Date(now.getTime() - Math.floor(random() * DAY_MS * 0.9));
  const isCustomers = random() < 0.2;
  const aliveUntil = new Date(createdAt.getTime() + 3_600_000);
  const customerId = isCustomers ? `customer-${Math.floor(random() * (sessions / 8))}` : undefined;
  return {
    tenant: 'acme',
    sessionId: randomUUID(),
    kind: isCustomers ? 'customer' : 'anonymous',
    clientId: skewed(['acme-storefront', 'acme-app', 'vtex_session'], random),
    epoch: randomUUID(),
    revision: 1,
    createdAt,
    ...(!isCustomers && { lifetime: { aliveUntil, goneAt: new Date(createdAt.getTime() + 2 * DAY_MS) } }),
    refreshTokens: {
      used: [],
      current: {
        hash: randomUUID().repeat(2),
        issuedAt: createdAt,
        expiresAt: aliveUntil,
        grant: randomUUID(),
      },
    },
    asked: {},
    ...(customerId !== undefined && { customerId }),
    ...(random() < 0.33 && { context: aContext(random, createdAt, `cart-${i}`) }),
  };
}

function aContext(random, at, cartId) {
  const sourced = (value) => ({ value, source: 'site', at });
  const { siteCode, currency, language } = skewed(SITES, random);
  const campaign = skewed(CAMPAIGNS, random);
  const attributes = campaign === undefined ? [] : [['utm_campaign', sourced(campaign)]];
  return {
    siteCode: sourced(siteCode),
    currency: sourced(random() < 0.9 ? currency : 'GBP'),
    targetLocation: sourced(skewed(COUNTRIES, random)),
    language: sourced(random() < 0.9 ? language : 'fr'),
    cartId: { ...sourced(cartId), source: 'cart' },
    attributes: new Map(attributes),
    version: 1,
    createdAt: at,
    modifiedAt: at,
  };
}
