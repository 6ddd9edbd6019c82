import { describe, expect, it } from 'vitest';
import { Forbidden, VersionConflict } from '../shared/domain-error.js';
import {
  authMethodsOf,
  changedClient,
  goodSecrets,
  type Manager,
  newClient,
  refuseRemovingSelf,
  withNewSecret,
} from './client.rules.js';

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
  it('starts switched on, with each scope once, in version 1', () => {
    expect(backend).toMatchObject({ enabled: true, scopes: ['site.site_read'], version: 1, epoch: 'first' });
  });

  it("keeps a scope that its manager does not hold, but can't be given one", () => {
    const strong = { ...backend, scopes: ['cart.cart_manage'] };
    const basis = { expected: 1, epoch: 'next', now: at(1) };
    expect(changedClient(strong, by, { name: 'x' }, basis)).toMatchObject({
      scopes: ['cart.cart_manage'],
      name: 'x',
      version: 2,
      modifiedAt: at(1),
    });
    const more = { scopes: ['cart.cart_manage', 'price.price_read'] };
    expect(() => changedClient(strong, by, more, basis)).toThrow(/^scopes: /);
  });

  it('says how it may authenticate: with a secret, with keys, with both, or not at all', () => {
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x' }] };
    const secret = ['client_secret_basic', 'client_secret_post'];
    expect(authMethodsOf(backend, now)).toEqual(secret);
    expect(authMethodsOf({ ...backend, jwks }, now)).toEqual([...secret, 'private_key_jwt']);
    expect(authMethodsOf({ ...backend, jwksUri: 'https://a.test', secrets: [] }, now)).toEqual([
      'private_key_jwt',
    ]);
    expect(authMethodsOf({ ...backend, secrets: [{ hash: 'x', endsAt: now }] }, now)).toEqual([]);
    expect(authMethodsOf({ ...backend, kind: 'storefront', secrets: [] }, now)).toEqual(['none']);
  });

  it('keeps its tokens through a change, unless they are to end', () => {
    const basis = { expected: 1, epoch: 'next', now: at(1) };
    expect(changedClient(backend, by, { name: 'x' }, basis).epoch).toBe('first');
    expect(changedClient(backend, by, { endTokens: true }, basis).epoch).toBe('next');
  });

  it('keeps each earlier secret until its end, which is never extended', () => {
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
    const shorter = renewed(two, 'three', 5, at(10));
    expect(shorter.secrets).toEqual([
      { hash: 'three' },
      { hash: 'two', endsAt: at(15) },
      { hash: 'one', endsAt: at(15) },
    ]);
    expect(renewed(three, 'four', 0, at(20))).toMatchObject({ secrets: [{ hash: 'four' }], epoch: 'next' });
  });
});

describe('A client manager', () => {
  const storefront = newClient('acme', by, { clientId: 'shop', kind: 'storefront' }, { epoch: 'e', now });
  const basis = { expected: 1, epoch: 'next', now };

  it('creates a storefront without a secret, and a client of either kind switched off on request', () => {
    expect(storefront).toEqual({
      clientId: 'shop',
      tenant: 'acme',
      kind: 'storefront',
      enabled: true,
      secrets: [],
      scopes: [],
      epoch: 'e',
      createdAt: now,
      modifiedAt: now,
      version: 1,
    });
    const draft = { clientId: 'shop', kind: 'storefront', name: 'Shop', enabled: false } as const;
    expect(newClient('acme', by, draft, made)).toMatchObject({ name: 'Shop', enabled: false });
    expect(backend.secrets).toEqual([{ hash: 'one' }]);
  });

  it('gives scopes only to a backend, and at least one', () => {
    const scopes = ['site.site_read'];
    const withScopes = { clientId: 'shop', kind: 'storefront', scopes } as const;
    const without = { clientId: 'tool', kind: 'backend' } as const;
    expect(() => newClient('acme', by, withScopes, made)).toThrow(/^scopes: must be empty for a storefront/);
    expect(() => newClient('acme', by, without, made)).toThrow(
      /^scopes: must name at least one for a backend/,
    );
    expect(() => changedClient(storefront, by, { scopes }, basis)).toThrow(/^scopes: must be empty/);
    expect(() => changedClient(backend, by, { scopes: [] }, basis)).toThrow(
      /^scopes: must name at least one/,
    );
    expect(changedClient(storefront, by, { scopes: [] }, basis).scopes).toEqual([]);
  });

  it("can't give scopes that it does not hold, and is told which ones [C-05, P-33]", () => {
    const scopes = ['cart.cart_manage', 'site.site_read', 'price.price_read'];
    const refused = {
      message: "scopes: your own token does not hold all of them, so you can't give them",
      details: { details: ['missing scope: cart.cart_manage', 'missing scope: price.price_read'] },
    };
    expect(() => newClient('acme', by, { clientId: 'x', kind: 'backend', scopes }, made)).toThrow(
      expect.objectContaining(refused),
    );
    expect(() => changedClient(backend, by, { scopes }, basis)).toThrow(expect.objectContaining(refused));
    expect(() => withNewSecret({ ...backend, scopes }, by, 'two', { ...renewal, expected: 1 })).toThrow(
      Forbidden,
    );
  });

  it('changes what it names, each scope once, and leaves the rest', () => {
    const named = changedClient(backend, by, { name: 'Export' }, basis);
    const off = changedClient(named, by, { enabled: false }, { expected: 2, epoch: 'next', now: at(1) });
    expect(off).toEqual({ ...backend, name: 'Export', enabled: false, modifiedAt: at(1), version: 3 });
    expect(changedClient(backend, by, {}, basis)).not.toHaveProperty('name');
    const twice = { scopes: ['site.site_read', 'site.site_read'] };
    expect(changedClient(backend, by, twice, basis).scopes).toEqual(['site.site_read']);
  });

  it('changes only the version that it has read', () => {
    expect(() => changedClient(backend, by, {}, { ...basis, expected: 2 })).toThrow(VersionConflict);
    expect(() => withNewSecret(backend, by, 'two', { ...renewal, expected: 2 })).toThrow(VersionConflict);
  });

  it('gives no secret to a storefront', () => {
    expect(() => withNewSecret(storefront, by, 'two', { ...renewal, expected: 1 })).toThrow(
      /^clientId: is a storefront, which has no secret/,
    );
  });

  it("can't lock itself out", () => {
    const self = { ...backend, clientId: 'manager', scopes: ['client.client_manage', 'site.site_read'] };
    const change = (changes: object) => () => changedClient(self, by, changes, basis);
    expect(change({ enabled: false })).toThrow(/^enabled: can't be false for your own client/);
    expect(change({ scopes: ['site.site_read'] })).toThrow(/^scopes: must keep client.client_manage/);
    expect(change({ scopes: ['client.client_manage'] })()).toMatchObject({
      scopes: ['client.client_manage'],
    });
    expect(() => refuseRemovingSelf(by, 'manager')).toThrow(/^clientId: is your own/);
    expect(() => refuseRemovingSelf(by, 'export')).not.toThrow();
    expect(changedClient(backend, by, { enabled: false }, basis).enabled).toBe(false);
  });

  const renewal = { overlapSeconds: 60, epoch: 'next', now };
  it('gives a secret without an overlap, which starts a new epoch and version and records when', () => {
    const renewed = withNewSecret(backend, by, 'two', { ...renewal, expected: 1, now: at(5) });
    expect(renewed).toEqual({
      ...backend,
      secrets: [{ hash: 'two' }, { hash: 'one', endsAt: at(65) }],
      modifiedAt: at(5),
      version: 2,
    });
  });
});
