import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertionsOf } from '../../test/support/people/client-assertions.js';
import { TestClock } from '../../test/support/test-clock.js';
import { Operator, SigningKeys, TokenIssuer } from '../auth/index.js';
import { readConfig } from '../config/config.schema.js';
import { LIMITED_METADATA, type LimitedRoute } from '../rate-limit/limited-route.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { ClientAuthentication } from './client-authentication.js';
import { hashSecret } from './client-secret.js';
import { OAuthService } from './oauth.service.js';
import { RememberedClients } from './remembered-clients.js';
import { RevokedTokens } from './revocation/revoked-tokens.js';
import { TokenController } from './token.controller.js';

const basic = `Basic ${Buffer.from('export:abc').toString('base64')}`;
const form = { grant_type: 'client_credentials', client_id: 'export', client_secret: 'abc' };

describe('The form of a token request', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let controller: TokenController;
  const ask = (body: unknown, authorization?: string, accept?: string) =>
    controller.token(authorization, accept, body);
  const refusalOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'granted',
      ({ kind, details, message }) => [kind, details.error, message],
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-'));
    storage = await EmbeddedStorage.open(folder);
    const clock = new TestClock();
    const config = readConfig({ NODE_ENV: 'test', KEYS_SECRET: 'a secret of this test only' });
    const issuer = new TokenIssuer(new SigningKeys(storage.signingKeys, config, clock), config, clock);
    const remembered = new RememberedClients(
      storage.clients,
      storage.tenants,
      new RevokedTokens(storage.spentJwts, clock),
      clock,
    );
    controller = new TokenController(
      new OAuthService(
        remembered,
        issuer,
        new ClientAuthentication(
          remembered,
          assertionsOf(remembered, storage.spentJwts, config, clock),
          new Operator(config),
          clock,
        ),
      ),
    );
    await storage.clients.create({
      clientId: 'export',
      tenant: 'acme',
      kind: 'backend',
      enabled: true,
      secrets: [{ hash: hashSecret('abc') }],
      scopes: ['cart.cart_manage', 'site.site_read'],
      epoch: 'epoch',
      createdAt: clock.now(),
      modifiedAt: clock.now(),
      version: 1,
    });
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it('must name the only grant there is [W-04, P-74]', async () => {
    const { grant_type: _left, ...without } = form;
    expect(await refusalOf(ask(without))).toEqual(['invalid', 'invalid_request', 'grant_type is missing']);
    expect(await refusalOf(ask({ ...form, grant_type: 'password' }))).toEqual([
      'invalid',
      'unsupported_grant_type',
      'grant_type must be client_credentials',
    ]);
  });

  it.each([undefined, null, '', 'grant_type', 7])('has no grant type if the body is %j', async (body) => {
    expect(await refusalOf(ask(body))).toEqual(['invalid', 'invalid_request', 'grant_type is missing']);
  });

  it.each(['grant_type', 'client_id', 'client_secret', 'scope'])(
    'is refused with two of %s, and the refusal names it (RFC 6749 section 3.2) [P-47]',
    async (field) => {
      expect(await refusalOf(ask({ ...form, [field]: ['one', 'another'] }))).toEqual([
        'invalid',
        'invalid_request',
        `${field} must be sent only once, as text`,
      ]);
    },
  );

  it('may have any number of unknown fields, which change nothing', async () => {
    const body = { ...form, audience: ['one', 'another'], client_secret_: 'x' };
    expect(await ask(body)).toMatchObject({ scope: 'cart.cart_manage site.site_read tenant=acme' });
  });

  it('treats a field with an empty value as left out (RFC 6749 section 3.2)', async () => {
    const empty = { ...form, client_id: '', client_secret: '', scope: '' };
    expect(await ask(empty, basic)).toMatchObject({ scope: 'cart.cart_manage site.site_read tenant=acme' });
    expect(await refusalOf(ask({ ...form, grant_type: '' }))).toEqual([
      'invalid',
      'invalid_request',
      'grant_type is missing',
    ]);
  });

  it('can ask for some of the scopes by name [W-05]', async () => {
    expect(await ask({ ...form, scope: 'site.site_read' })).toMatchObject({
      scope: 'site.site_read tenant=acme',
    });
  });

  it.each([undefined, '*/*', 'application/json, text/plain'])(
    'gets an empty refresh token, as from Emporix, if it accepts %s [W-01]',
    async (accept) => {
      expect(await ask(form, undefined, accept)).toEqual({
        access_token: expect.stringMatching(/^eyJ/),
        token_type: 'Bearer',
        expires_in: 14_399,
        session_idle_time: 120,
        refresh_token: '',
        refresh_token_expires_in: 0,
        scope: 'cart.cart_manage site.site_read tenant=acme',
      });
    },
  );

  it.each(['application/json', ' Application/JSON '])(
    'gets no refresh token if it accepts just "%s", as OAuth libraries do',
    async (accept) => {
      expect(await ask(form, undefined, accept)).not.toHaveProperty('refresh_token');
    },
  );
});

describe('A token request is counted', () => {
  const { limit, subjectOf }: LimitedRoute = Reflect.getMetadata(
    LIMITED_METADATA,
    TokenController.prototype.token,
  );
  const subjects = (authorization: string | undefined, body: unknown) =>
    subjectOf({ headers: { authorization }, body } as never);

  it('with those of the client that it claims to be, in the form or in the header [P-54]', () => {
    expect(limit).toBe('token');
    expect(subjects(undefined, form)).toEqual(['export']);
    expect(subjects(basic, {})).toEqual(['export']);
  });

  it("with all that name no client, if its name can't be read", () => {
    expect(subjects(undefined, { client_id: ['export'] })).toEqual(['']);
    expect(subjects(undefined, undefined)).toEqual(['']);
  });
});
