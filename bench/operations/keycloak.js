import { ask, many } from '../lib/ask.js';
import { USER } from '../lib/peers.js';

export const KEYCLOAK_VERSION = '26.7.3';

const SESSIONS = 200;
const REALM = '/realms/acme/protocol/openid-connect';

const login = {
  method: 'POST',
  path: `${REALM}/token`,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'password',
    client_id: 'storefront',
    scope: 'openid',
    username: 'ben',
    password: USER.password,
  }).toString(),
};

/** Each read is of one of many sessions of a user; each login begins a session. Passwords are hashed as it ships: Argon2id. */
export const KEYCLOAK_OPERATIONS = [
  {
    id: 'read-own',
    requests: (url) =>
      many(SESSIONS, async () => ({
        path: `${REALM}/userinfo`,
        headers: { authorization: `Bearer ${(await ask(url, login)).json.access_token}` },
      })),
    answer: { status: 200, text: `"email":"${USER.email}"` },
  },
  { id: 'customer-login', requests: async () => [login], answer: { status: 200, text: '"access_token":"' } },
];
