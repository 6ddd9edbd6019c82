import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { newId } from '../../src/shared/ids.js';
import type { ImpersonationRepository } from '../../src/vtex/impersonation/impersonation.repository.js';
import type { Impersonation } from '../../src/vtex/impersonation/impersonation.types.js';

const at = (ms: number): Date => new Date(Date.UTC(2026, 0, 15) + ms);

const anImpersonation = (over: Partial<Impersonation>): Impersonation => ({
  id: newId(),
  tenant: 'acme',
  sessionId: 's',
  adminClientId: 'staff',
  adminEmail: 'staff@acme.test',
  customerId: 'anna',
  customerEmail: 'anna@acme.test',
  reason: 'orders by telephone',
  begunAt: at(0),
  endsAt: at(3_600_000),
  ...over,
});

/** What every adapter promises of impersonations. */
export function impersonationContract(impersonations: () => ImpersonationRepository): void {
  it('are listed newest first, as they were written, up to a limit, and of one tenant only', async () => {
    const tenant = `t${randomBytes(6).toString('hex')}`;
    const begun = (ms: number) => anImpersonation({ tenant, begunAt: at(ms) });
    const [old, young, middle] = [begun(0), begun(2), begun(1)];
    const same = anImpersonation({ tenant, begunAt: at(2), reason: 'half \ud83d a pair' });
    const others = anImpersonation({ tenant: `${tenant}x` });
    for (const one of [old, young, middle, others]) await impersonations().add(one);
    expect(await impersonations().list(tenant, 10)).toStrictEqual([young, middle, old]);
    expect(await impersonations().list(tenant, 2)).toStrictEqual([young, middle]);
    expect(await impersonations().list(`${tenant}y`, 10)).toEqual([]);
    await impersonations().add(same);
    expect((await impersonations().list(tenant, 2)).map(({ id }) => id).toSorted()).toEqual(
      [young.id, same.id].toSorted(),
    );
  });
}
