import { ask, json, many } from '../lib/ask.js';

const SHOPPERS = 200;

const cookies = (url) => many(SHOPPERS, async () => (await ask(url, { path: '/new' })).cookies);

/** The same operations on a session library, which has no carts, dialects or rights. */
export const LIBRARY_OPERATIONS = [
  {
    id: 'read-own',
    requests: async (url) => (await cookies(url)).map((cookie) => ({ path: '/own', headers: { cookie } })),
    answer: { status: 200, text: '"siteCode":"main"' },
  },
  {
    id: 'anonymous-login',
    requests: async () => [{ path: '/new', headers: {} }],
    answer: { status: 200, text: '"sessionId":"' },
  },
  {
    id: 'add-attribute',
    async requests(url) {
      const known = await cookies(url);
      return [0, 1].flatMap((turn) =>
        known.map((cookie, i) => ({
          method: 'POST',
          path: '/attributes',
          ...json({ key: 'latitude', value: `${turn}.${i}` }, { cookie }),
        })),
      );
    },
    answer: { status: 201, text: '"latitude"' },
  },
];
