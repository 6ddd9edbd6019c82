import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import { StoreUnavailable } from '../../shared/domain-error.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { SigningKeys } from './signing-keys.js';

describe('The signing keys', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let keys: SigningKeys;
  /** Of one more instance on the same store. */
  const another = (env: NodeJS.ProcessEnv = {}) =>
    new SigningKeys(
      storage.signingKeys,
      readConfig({ NODE_ENV: 'test', KEYS_SECRET: 'a secret of this test', ...env }),
      clock,
    );
  const idsOf = async () => (await storage.signingKeys.list()).map(({ kid }) => kid);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signing-keys-'));
    storage = await EmbeddedStorage.open(folder);
    clock = new TestClock();
    keys = another();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it('are read before the first request', async () => {
    await keys.onApplicationBootstrap();
    expect(await idsOf()).toHaveLength(1);
    const reads = vi.spyOn(storage.signingKeys, 'list');
    await keys.current();
    expect(reads).not.toHaveBeenCalled();
  });

  it('may be read later if the store is unavailable; any other error stops the start', async () => {
    const reads = vi.spyOn(storage.signingKeys, 'list');
    reads.mockRejectedValueOnce(new StoreUnavailable());
    await keys.onApplicationBootstrap();
    await keys.current();
    const stranger = another({ KEYS_SECRET: 'a secret of somebody else' });
    await expect(stranger.onApplicationBootstrap()).rejects.toThrow(
      /^KEYS_SECRET does not open signing key /,
    );
  });

  it('are published as public halves alone, for signatures (RFC 7517 section 4) [P-28]', async () => {
    const { kid } = await keys.current();
    const { keys: published } = await keys.jwks();
    expect(published).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid,
        alg: 'ES256',
        use: 'sig',
      },
    ]);
  });

  it('are stored behind a hundred thousand rounds of the secret', async () => {
    await keys.current();
    const [record] = await storage.signingKeys.list();
    const header = decodeProtectedHeader(record?.encryptedPrivateJwk ?? '');
    expect(header).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 100_000 });
  });

  it('are listed, newest first; the newest one signs', async () => {
    const { kid: first } = await keys.current();
    const createdAt = clock.now();
    clock.advanceSeconds(60);
    await keys.rotate();
    const { kid: second } = await keys.current();
    expect(await keys.list()).toEqual([
      { kid: second, createdAt: clock.now(), signs: true },
      { kid: first, createdAt, signs: false },
    ]);
  });

  it('are neither rotated nor made while there is none', async () => {
    await keys.rotateAfter(1);
    expect(await idsOf()).toEqual([]);
  });

  it('are rotated once they reach the configured age, to the millisecond', async () => {
    await keys.current();
    clock.advanceSeconds(86_399.999);
    await keys.rotateAfter(1);
    expect(await idsOf()).toHaveLength(1);
    clock.advanceSeconds(0.001);
    await keys.rotateAfter(1);
    expect(await idsOf()).toHaveLength(2);
  });

  it('follow one another in time, also when the clock stands still or is set back [F-26]', async () => {
    const first = await keys.current();
    await keys.rotate();
    const second = await keys.current();
    expect(second.kid).not.toBe(first.kid);
    expect(second.createdAt.getTime()).toBe(first.createdAt.getTime() + 1);
    clock.advanceSeconds(60);
    await keys.rotate();
    expect((await keys.current()).createdAt).toEqual(clock.now());
  });

  it('are opened once each, however often they are read', async () => {
    const { privateKey } = await keys.current();
    clock.advanceSeconds(5);
    expect((await keys.current()).privateKey).toBe(privateKey);
    const before = await keys.publicKey((await keys.current()).kid);
    clock.advanceSeconds(5);
    expect(await keys.publicKey((await keys.current()).kid)).toBe(before);
  });

  describe('that are dropped', () => {
    it('are named in the log; the others stay, and the one that signs goes on [X-20]', async () => {
      const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
      const { kid: first } = await keys.current();
      await keys.rotate();
      const { kid: second } = await keys.current();
      expect(await keys.drop(first)).toBe(true);
      expect(warned.mock.calls).toEqual([[{ kid: first }, expect.any(String)]]);
      expect(await idsOf()).toEqual([second]);
      expect((await keys.current()).kid).toBe(second);
      expect(await keys.holds(first)).toBe(false);
    });

    it('are followed by a new one if they signed [X-20, P-29]', async () => {
      vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
      const { kid } = await keys.current();
      expect(await keys.drop(kid)).toBe(true);
      const [next, ...more] = await idsOf();
      expect(more).toEqual([]);
      expect(next).not.toBe(kid);
      expect((await keys.current()).kid).toBe(next);
    });

    it('are none when there is no such key: nothing happens, and nothing is logged', async () => {
      const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
      expect(await keys.drop('nothing')).toBe(false);
      const { kid } = await keys.current();
      expect(await keys.drop('nothing')).toBe(false);
      expect(warned).not.toHaveBeenCalled();
      expect(await idsOf()).toEqual([kid]);
    });
  });

  describe('of another instance', () => {
    it('are looked up once for all who ask at the same moment [P-27]', async () => {
      await keys.current();
      const other = another();
      clock.advanceSeconds(1);
      await other.rotate();
      const { kid } = await other.current();
      const reads = vi.spyOn(storage.signingKeys, 'list');
      const found = await Promise.all([1, 2, 3].map(() => keys.publicKey(kid)));
      expect(found.every((key) => key !== undefined)).toBe(true);
      expect(reads).toHaveBeenCalledTimes(1);
    });

    it('are found even if a read began before they were made [P-27]', async () => {
      await keys.current();
      clock.advanceSeconds(5);
      const before = await storage.signingKeys.list();
      let release = () => {};
      const held = new Promise<void>((resolve) => void (release = resolve));
      vi.spyOn(storage.signingKeys, 'list').mockImplementationOnce(async () => {
        await held;
        return before;
      });
      const underWay = keys.current();
      const other = another();
      await other.rotate();
      const { kid } = await other.current();
      const asked = keys.publicKey(kid);
      release();
      await underWay;
      expect(await asked).toBeDefined();
    });

    it('that nobody has made are read for once, and no key is found', async () => {
      await keys.current();
      const reads = vi.spyOn(storage.signingKeys, 'list');
      expect(await keys.publicKey('nothing')).toBeUndefined();
      expect(reads).toHaveBeenCalledTimes(1);
    });
  });
});
