import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { RefusedDeclaration } from './placed.js';
import { asSent, readSentSettings, readSentTenant } from './sent-tenant.js';

function problemsOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof InvalidInput ? error.problems : error;
  }
}

describe('A tenant that a client sends', () => {
  it('is filled up as one of the file is', () => {
    expect(readSentTenant({ name: 'acme' })).toMatchObject({
      name: 'acme',
      settings: {},
      clients: [],
      prices: [],
    });
  });

  it.each([
    [{ name: 'acme', sites: [{}] }, 'sites[0].code'],
    [{ name: 'acme', settings: { cartAtLogin: 'x' } }, 'settings.cartAtLogin'],
    [{ name: 'A' }, 'name'],
    [{ name: 'acme', more: 1 }, 'body'],
    ['acme', 'body'],
    [undefined, 'body'],
  ])('is refused by the path that the client knows: %j', (given, field) => {
    expect(problemsOf(() => readSentTenant(given))).toContainEqual({ field, message: expect.any(String) });
  });

  it('has settings that are refused by their path, too', () => {
    expect(problemsOf(() => readSentSettings({ mail: { from: 'x' } }))).toEqual([
      { field: 'settings.mail.from', message: expect.any(String) },
    ]);
    expect(readSentSettings({ doubleOptIn: true })).toEqual({ doubleOptIn: true });
  });

  it('is not looked at if it is too large or too deep [X-01]', () => {
    const many = { name: 'acme', clients: Array.from({ length: 10_001 }, () => 0) };
    expect(problemsOf(() => readSentTenant(many))).toEqual([
      { field: 'body', message: 'must have 3000 JSON values at most; send further parts with PATCH' },
    ]);
    const vtex = { regions: Array.from({ length: 201 }, () => ({})) };
    expect(problemsOf(() => readSentTenant({ ...many, clients: many.clients.slice(0, 201), vtex }))).toEqual([
      { field: 'clients', message: 'must have 200 entries at most in one request' },
      { field: 'vtex.regions', message: 'must have 200 entries at most in one request' },
    ]);
    let deep: object = {};
    for (let i = 0; i < 20; i += 1) deep = { deep };
    expect(problemsOf(() => readSentTenant(deep))).toEqual([
      { field: 'body', message: 'must be nested 16 levels deep at most' },
    ]);
  });

  it('is refused by field where the store or a rule contradicts it', async () => {
    const refused = asSent(async () => {
      throw new RefusedDeclaration('.prices[0]', 'has no site');
    });
    await expect(refused).rejects.toThrow('prices[0]: has no site');
    await expect(refused).rejects.toThrow(InvalidInput);
    await expect(asSent(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
