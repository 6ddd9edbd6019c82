import { describe, expect, it } from 'vitest';
import { changedClient, goodSecrets, type Manager, newClient, withNewSecret } from './client.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const by: Manager = { clientId: 'manager', scopes: ['client.client_manage', 'site.site_read'] };
const made = { epoch: 'first', now, secretHash: 'one' };
const backend = newClient(
  'acme',
  by,
  { clientId: 'export', kind: 'backend', scopes: ['site.site_read', 'site.site_read'] },
  made,
);

describe('A client', () => {
  it('begins switched on, with each scope once, in version 1', () => {
    expect(backend).toMatchObject({ enabled: true, scopes: ['site.site_read'], version: 1, epoch: 'first' });
  });

  it('keeps a scope that its manager does not hold, but is given none', () => {
    const strong = { ...backend, scopes: ['cart.cart_manage'] };
    const basis = { expected: 1, now: at(1) };
    expect(changedClient(strong, by, { name: 'x' }, basis)).toMatchObject({
      scopes: ['cart.cart_manage'],
      name: 'x',
      version: 2,
      modifiedAt: at(1),
    });
    const more = { scopes: ['cart.cart_manage', 'price.price_read'] };
    expect(() => changedClient(strong, by, more, basis)).toThrow(/^scopes: /);
  });

  it('has each earlier secret until its own end, and never longer than was said', () => {
    const renewed = (client: typeof backend, hash: string, overlapSeconds: number, moment: Date) =>
      withNewSecret(client, by, hash, {
        expected: client.version,
        overlapSeconds,
        epoch: 'next',
        now: moment,
      });
    const two = renewed(backend, 'two', 60, now);
    const three = renewed(two, 'three', 3600, at(10));
    expect(three.secrets).toEqual([
      { hash: 'three' },
      { hash: 'two', endsAt: at(3610) },
      { hash: 'one', endsAt: at(60) },
    ]);
    expect(three.epoch).toBe('first');
    expect(goodSecrets(three, at(59))).toHaveLength(3);
    expect(goodSecrets(three, at(60)).map(({ hash }) => hash)).toEqual(['three', 'two']);
    expect(renewed(three, 'four', 0, at(20))).toMatchObject({ secrets: [{ hash: 'four' }], epoch: 'next' });
  });
});
