import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { TokenIssuer } from './token-issuer.js';

const session = { tenant: 'acme', clientId: 'shop', sessionId: 's1', epoch: 'e1', grant: 'g1' };

describe('A token that is issued', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'issuer-'));
    storage = await EmbeddedStorage.open(folder);
    const [config, clock] = [
      readConfig({ NODE_ENV: 'test', KEYS_SECRET: 'a secret of this test' }),
      new TestClock(),
    ];
    issuer = new TokenIssuer(new SigningKeys(storage.signingKeys, config, clock), config, clock);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it('is of a type of its own for each use, so that none is taken for another [P-24]', async () => {
    const typeOf = (token: string) => decodeProtectedHeader(token).typ;
    expect(typeOf((await issuer.shopperToken(session, 60)).token)).toBe('at+jwt');
    expect(typeOf(await issuer.saasToken({ ...session, customerId: 'anna' }))).toBe('saas+jwt');
    const account = { tenant: 'acme', accountId: 'id', sessionId: 's1', version: 1, epoch: 'e1' };
    expect(typeOf(await issuer.vtexSessionToken(account, 60))).toBe('jwt');
  });

  it('opens to a customer their own data, and to a guest nothing of the kind [E-21]', async () => {
    const { scope, token } = await issuer.shopperToken({ ...session, customerId: 'anna' }, 60);
    expect(scope).toBe(
      'customer.customerprofile_view customer.customerprofile_edit customer.customer_read_own ' +
        'customer.customer_manage_own tenant=acme',
    );
    expect(decodeJwt(token)).toMatchObject({ token_use: 'customer', sub: 'anna', sid: 's1', scope });
    const guests = await issuer.shopperToken(session, 60);
    expect(guests.scope).toBe('tenant=acme');
    expect(decodeJwt(guests.token)).toMatchObject({ token_use: 'anonymous', sub: 's1', sid: 's1' });
  });
});
