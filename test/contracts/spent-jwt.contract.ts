import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SpentJwt, SpentJwtRepository } from '../../src/oauth/revocation/spent-jwt.repository.js';
import type { Storage } from '../../src/storage/storage.js';

const aJwt = (): SpentJwt => ({
  tenant: 'acme',
  id: `token:${randomUUID()}`,
  // In the future of the server too, whose own clock erases entries.
  endsAt: new Date(Date.now() + 3_600_000),
});

/** What every adapter promises for JWTs that must not be accepted any more. */
export function spentJwtContract(storage: () => Storage): void {
  const spent = (): SpentJwtRepository => storage().spentJwts;

  it('are spent by one of many that ask at once', async () => {
    const jwt = aJwt();
    const asked = await Promise.all(Array.from({ length: 20 }, () => spent().spend(jwt)));
    expect(asked.filter((first) => first)).toHaveLength(1);
    expect(await spent().spend(jwt)).toBe(false);
  });

  it('are found from then on, in their own tenant only', async () => {
    const jwt = aJwt();
    expect(await spent().isSpent(jwt)).toBe(false);
    await spent().spend(jwt);
    expect(await spent().isSpent(jwt)).toBe(true);
    expect(await spent().isSpent({ ...jwt, tenant: 'globex' })).toBe(false);
    expect(await spent().spend({ ...jwt, tenant: 'globex' })).toBe(true);
  });

  it('are erased when they are over, and no earlier', async () => {
    const [over, other] = [{ ...aJwt(), endsAt: new Date(Date.now() - 1_000) }, aJwt()];
    await spent().spend(over);
    await spent().spend(other);
    await expect
      .poll(
        async () => {
          await storage().sweep(new Date());
          return spent().isSpent(over);
        },
        { timeout: 70_000, interval: 500 },
      )
      .toBe(false);
    expect(await spent().isSpent(other)).toBe(true);
  }, 80_000);
}
