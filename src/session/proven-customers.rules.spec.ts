import { describe, expect, it } from 'vitest';
import { aVtexState } from '../../test/support/data/builders.js';
import { provenCustomers } from './proven-customers.rules.js';
import type { SeenCookie } from './session.types.js';

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
  provenCustomers({ vtex: aVtexState({ cookies: new Map(cookies.map((one) => [one.hash, one])) }) });

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
