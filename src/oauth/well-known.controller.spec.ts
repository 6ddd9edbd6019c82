import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../test/support/test-clock.js';
import { KNOWN_SCOPES, SigningKeys } from '../auth/index.js';
import { type Config, readConfig } from '../config/config.schema.js';
import { ASYMMETRIC_ALGORITHMS } from '../shared/jwt.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { WellKnownController } from './well-known.controller.js';

const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

describe('What an OAuth library reads about the service', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  const configured = (env: NodeJS.ProcessEnv = {}) =>
    readConfig({ NODE_ENV: 'test', ISSUER: 'https://shop.test/api', ...env });
  const keysOf = (config: Config) => new SigningKeys(storage.signingKeys, config, new TestClock());
  const at = (env: NodeJS.ProcessEnv): WellKnownController => {
    const config = configured(env);
    return new WellKnownController(keysOf(config), config);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'well-known-'));
    storage = await EmbeddedStorage.open(folder);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it('names each address under the issuer, and only what the endpoints support (RFC 8414) [P-28]', () => {
    expect(at({ PUBLIC_DOCS: 'off' }).metadata()).toEqual({
      issuer: 'https://shop.test/api',
      token_endpoint: 'https://shop.test/api/oauth/token',
      jwks_uri: 'https://shop.test/api/.well-known/jwks.json',
      introspection_endpoint: 'https://shop.test/api/oauth/introspect',
      introspection_endpoint_auth_methods_supported: METHODS,
      introspection_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
      revocation_endpoint: 'https://shop.test/api/oauth/revoke',
      revocation_endpoint_auth_methods_supported: [...METHODS, 'none'],
      revocation_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: KNOWN_SCOPES,
      token_endpoint_auth_methods_supported: METHODS,
      token_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
    });
  });

  it('points to the documentation if that is public', () => {
    expect(at({ PUBLIC_DOCS: 'on' }).metadata()).toMatchObject({
      service_documentation: 'https://shop.test/api/docs',
    });
  });

  it('lists the key that tokens are signed with, without its private part [P-27, P-28]', async () => {
    const { kid } = await keysOf(configured()).current();
    const { keys } = await at({}).jwks();
    expect(keys).toEqual([expect.objectContaining({ kty: 'EC', alg: 'ES256', use: 'sig', kid })]);
    expect(keys[0]).not.toHaveProperty('d');
  });
});
