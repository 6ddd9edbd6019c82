import { ask, json, many } from '../lib/ask.js';
import { USER } from '../lib/peers.js';

export const KRATOS_VERSION = '1.3.1';

const SESSIONS = 200;

const credentials = { method: 'password', identifier: USER.email, password: USER.password };

async function logIn(url) {
  const { id } = (await ask(url, { path: '/self-service/login/api' })).json;
  const login = { method: 'POST', path: `/self-service/login?flow=${id}`, ...json(credentials) };
  return (await ask(url, login)).json.session_token;
}

/**
 * Each read is of one of many sessions of a user. Logins are not measured, and come one by one: several at once find its SQLite
 * locked, and are answered with 500.
 */
export const KRATOS_OPERATIONS = [
  {
    id: 'read-own',
    requests: (url) =>
      many(
        SESSIONS,
        async () => ({ path: '/sessions/whoami', headers: { 'x-session-token': await logIn(url) } }),
        1,
      ),
    answer: { status: 200, text: '"active":true' },
  },
];
