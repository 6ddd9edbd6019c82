import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import type { Client } from '../client.types.js';
import { NewClientDto, RenewSecretDto, toClientDto } from './client.dto.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const client: Client = {
  clientId: 'acme-export',
  tenant: 'acme',
  kind: 'backend',
  enabled: true,
  secrets: [
    { hash: 'newest' },
    { hash: 'second', endsAt: at(60) },
    { hash: 'first', endsAt: at(1) },
    { hash: 'over', endsAt: now },
  ],
  scopes: ['site.site_read'],
  epoch: 'epoch',
  createdAt: at(-60),
  modifiedAt: at(-30),
  version: 3,
};

describe('A client that is shown', () => {
  it('shows of its secrets only when each earlier valid one expires [P-03]', () => {
    expect(toClientDto(client, now)).toEqual({
      clientId: 'acme-export',
      kind: 'backend',
      enabled: true,
      scopes: ['site.site_read'],
      tokenEndpointAuthMethods: ['client_secret_basic', 'client_secret_post'],
      hasSecret: true,
      earlierSecretsEndAt: ['2026-01-15T12:01:00.000Z', '2026-01-15T12:00:01.000Z'],
      metadata: {
        version: 3,
        createdAt: '2026-01-15T11:59:00.000Z',
        modifiedAt: '2026-01-15T11:59:30.000Z',
      },
    });
  });

  it('has its keys as a set to send back, and with thumbprint and time for people', () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const addedAt = new Date('2026-01-15T11:00:00.000Z');
    const shown = toClientDto({ ...client, jwks: { keys: [{ ...key, kid: 'a', addedAt }, key] } }, now);
    expect(shown.jwks).toEqual({ keys: [{ ...key, kid: 'a' }, key] });
    // The thumbprint is that of RFC 8037 appendix A.3.
    const thumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
    expect(shown.keys).toEqual([
      { kid: 'a', kty: 'OKP', crv: 'Ed25519', thumbprint, addedAt: '2026-01-15T11:00:00.000Z' },
      { kty: 'OKP', crv: 'Ed25519', thumbprint },
    ]);
  });

  it('has its name if it was given one', () => {
    expect(toClientDto(client, now)).not.toHaveProperty('name');
    expect(toClientDto({ ...client, name: 'Order export' }, now).name).toBe('Order export');
  });
});

describe('The body of a request about a client', () => {
  const wrongIn = (dto: typeof NewClientDto | typeof RenewSecretDto, body: object) =>
    validateSync(plainToInstance<object, object>(dto, body)).map(({ property }) => property);
  const draft = { clientId: 'acme-export', kind: 'backend' };

  it('names scopes in either spelling, which stand for the canonical one [D-06]', () => {
    const scopes = ['sessioncontext.context_manage', 'site.site_read'];
    expect(plainToInstance(NewClientDto, { ...draft, scopes }).scopes).toEqual([
      'session_context.context_manage',
      'site.site_read',
    ]);
    expect(wrongIn(NewClientDto, { ...draft, scopes })).toEqual([]);
  });

  it.each(['site.site_read', { 0: 'site.site_read' }, [7], [null], [['site.site_read']]])(
    'is refused with %j for its scopes [W-45, P-47]',
    (scopes) => {
      expect(wrongIn(NewClientDto, { ...draft, scopes })).toEqual(['scopes']);
    },
  );

  it('keeps a secret for at most thirty days [W-45]', () => {
    const metadata = { version: 1 };
    expect(wrongIn(RenewSecretDto, { overlapSeconds: 2_592_000, metadata })).toEqual([]);
    expect(wrongIn(RenewSecretDto, { overlapSeconds: 2_592_001, metadata })).toEqual(['overlapSeconds']);
    expect(wrongIn(RenewSecretDto, { overlapSeconds: -1, metadata })).toEqual(['overlapSeconds']);
  });
});
