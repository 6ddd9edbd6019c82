import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SigningKeyRecord, SigningKeyRepository } from '../../src/auth/keys/signing-key.repository.js';

/** In the distant past, so that a key that an instance makes for itself does not get in between. */
const aKey = (seconds: number): SigningKeyRecord => ({
  kid: randomBytes(32).toString('base64url'),
  publicJwk: '{"kty":"EC","crv":"P-256","x":"…","y":"…"}',
  encryptedPrivateJwk: 'header.key.iv.text.tag',
  createdAt: new Date(Date.UTC(2000, 0, 1) + seconds * 1000),
});

/** What every adapter promises for signing keys. One `describe` per driver calls this; see contracts.spec.ts. */
export function signingKeyContract(keys: () => SigningKeyRepository): void {
  const aKid = (): string => randomBytes(32).toString('base64url');
  /** Adds a key after one that no other key follows. */
  const add = async (key: SigningKeyRecord): Promise<void> =>
    expect(await keys().add(key, aKid())).toBe(true);
  const listed = async (those: readonly SigningKeyRecord[]): Promise<readonly SigningKeyRecord[]> => {
    const kids = new Set(those.map(({ kid }) => kid));
    return (await keys().list()).filter(({ kid }) => kids.has(kid));
  };

  it('lists a key as it was added', async () => {
    const key = aKey(0);
    expect(await listed([key])).toEqual([]);
    await add(key);
    expect(await listed([key])).toEqual([key]);
  });

  it('lists newest first, whatever order they were added in', async () => {
    const [oldest, middle, newest] = [aKey(1), aKey(2), aKey(3)];
    for (const key of [middle, newest, oldest]) await add(key);
    expect(await listed([oldest, middle, newest])).toEqual([newest, middle, oldest]);
  });

  it('keeps all of twenty keys that are added at once, so that every instance verifies every token', async () => {
    const added = Array.from({ length: 20 }, (_, i) => aKey(i));
    await Promise.all(added.map(add));
    expect(await listed(added)).toHaveLength(20);
  });

  it('removes a key only once, and no other [X-20]', async () => {
    const [kept, dropped] = [aKey(1), aKey(2)];
    for (const key of [kept, dropped]) await add(key);
    expect(await keys().remove(dropped.kid)).toBe(true);
    expect(await keys().remove(dropped.kid)).toBe(false);
    expect(await listed([kept, dropped])).toEqual([kept]);
  });

  it('keeps another encryption of a key, if it is still encrypted as it was read [X-20]', async () => {
    const [kept, changed] = [aKey(1), aKey(2)];
    for (const key of [kept, changed]) await add(key);
    const from = changed.encryptedPrivateJwk;
    expect(await keys().reencrypt(changed.kid, 'another.key.iv.text.tag', 'new')).toBe(false);
    const both = await Promise.all(['new', 'newer'].map((to) => keys().reencrypt(changed.kid, from, to)));
    expect(both.toSorted()).toEqual([false, true]);
    const to = both[0] ? 'new' : 'newer';
    expect(await listed([kept, changed])).toEqual([{ ...changed, encryptedPrivateJwk: to }, kept]);
    expect(await keys().reencrypt(aKid(), from, to)).toBe(false);
  });

  it('lists keys of the same moment always in the same order, so that all instances sign with the same one', async () => {
    const added = Array.from({ length: 5 }, () => aKey(9));
    await Promise.all(added.map(add));
    const once = await listed(added);
    for (let i = 0; i < 3; i += 1) expect(await listed(added)).toEqual(once);
  });

  it('adds one of twenty keys that follow the same key at once, and none later', async () => {
    const previous = aKid();
    const rivals = Array.from({ length: 20 }, (_, i) => aKey(i));
    const added = await Promise.all(rivals.map((key) => keys().add(key, previous)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await keys().add(aKey(21), previous)).toBe(false);
    expect(await listed(rivals)).toEqual([rivals[added.indexOf(true)]]);
  });
}
