import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { IdempotencyRepository } from '../../src/idempotency/idempotency.repository.js';
import type { KeptKey } from '../../src/idempotency/idempotency.types.js';
import { newId } from '../../src/shared/ids.js';

/** Later than MongoDB's own clock, which decides when keys are deleted. */
const NOW = new Date(Date.now() + 86_400_000);
const after = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

const aKey = (over: Partial<KeptKey> = {}): KeptKey => ({
  tenant: 'acme',
  id: randomBytes(16).toString('base64url'),
  fingerprint: 'f',
  claim: newId(),
  claimedUntil: after(60),
  erasedAt: after(3600),
  ...over,
});

const answer = { status: 200, mediaType: 'application/json', sealedBody: 'c2VhbGVk' };

/** What every adapter promises for the keys of changes. */
export function idempotencyContract(keys: () => IdempotencyRepository): void {
  it('is taken by one of twenty requests at once, and the others see it', async () => {
    const key = aKey();
    const tries = Array.from({ length: 20 }, () => aKey({ id: key.id }));
    const seen = await Promise.all(tries.map((one) => keys().take(one, NOW)));
    const winner = tries.filter((_, i) => seen[i] === undefined);
    expect(winner).toHaveLength(1);
    expect(seen.filter((one) => one !== undefined)).toEqual(Array(19).fill(winner[0]));
  });

  it('is another one for another tenant', async () => {
    const key = aKey();
    expect(await keys().take(key, NOW)).toBeUndefined();
    expect(await keys().take({ ...key, tenant: 'globex' }, NOW)).toBeUndefined();
  });

  it('keeps its answer, as it was given, until it ends', async () => {
    const key = aKey();
    await keys().take(key, NOW);
    await keys().keep({ ...key, answer });
    expect(await keys().take(aKey({ id: key.id }), after(3599))).toStrictEqual({ ...key, answer });
    const next = aKey({ id: key.id, claimedUntil: after(3700), erasedAt: after(7200) });
    expect(await keys().take(next, after(3600))).toBeUndefined();
    expect(await keys().take(aKey({ id: key.id }), after(3601))).toStrictEqual(next);
  });

  it('is free again when the request that took it gave no answer in time, and that one can not answer any more', async () => {
    const lost = aKey();
    await keys().take(lost, NOW);
    const next = aKey({ id: lost.id, claimedUntil: after(120) });
    expect(await keys().take(next, after(59))).toStrictEqual(lost);
    expect(await keys().take(next, after(60))).toBeUndefined();
    await keys().keep({ ...lost, answer });
    await keys().giveBack(lost);
    expect(await keys().take(aKey({ id: lost.id }), after(61))).toStrictEqual(next);
  });

  it('is free again when it was given back', async () => {
    const key = aKey();
    await keys().take(key, NOW);
    await keys().giveBack(key);
    await keys().giveBack(key);
    expect(await keys().take(aKey({ id: key.id }), NOW)).toBeUndefined();
  });
}
