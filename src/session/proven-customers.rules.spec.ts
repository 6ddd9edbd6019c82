import { describe, expect, it } from 'vitest';
import { provenCustomers } from './proven-customers.rules.js';
import type { SeenCookie, VtexState } from './session.types.js';

const STATE: VtexState = {
  publicValues: new Map(),
  chosen: {},
  computed: new Map(),
  seen: new Map(),
  cookies: new Map(),
  failed: [],
  heldUntil: new Date(0),
};

const OF_ANY = { iss: 'us', client_id: 'acme', tenant: 'acme', scope: '', iat: 1, exp: 2, jti: 'one' };
const ofCustomer = (sub: string): SeenCookie => ({
  hash: sub,
  token: { kid: 'key', claims: { ...OF_ANY, token_use: 'customer', sub, sid: 'one', epoch: 'one' } },
});
const ofTool: SeenCookie = {
  hash: 'tool',
  token: { kid: 'key', claims: { ...OF_ANY, token_use: 'service', sub: 'acme', epoch: 'one' } },
};

const provenBy = (...cookies: readonly SeenCookie[]) =>
  provenCustomers({ vtex: { ...STATE, cookies: new Map(cookies.map((one) => [one.hash, one])) } });

describe('The customers whom a session knows by cookies', () => {
  it('are those of the tokens in them, each once, and no employee’s tool [X-42]', () => {
    const anna = ofCustomer('anna');
    expect(provenBy(anna, ofTool, ofCustomer('ben'), { ...anna, hash: 'again' })).toEqual(['anna', 'ben']);
  });

  it('are none without such a cookie, or without this dialect', () => {
    expect(provenBy(ofTool, { hash: 'plain' })).toEqual([]);
    expect(provenCustomers({})).toEqual([]);
  });
});
