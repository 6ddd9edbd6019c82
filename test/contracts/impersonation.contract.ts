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

/** What every adapter promises for impersonations. */
export function impersonationContract(impersonations: () => ImpersonationRepository): void {
  const aTenant = () => `t${randomBytes(6).toString('hex')}`;

  it('are listed newest first, to the millisecond, up to a limit', async () => {
    const tenant = aTenant();
    const inOrder = Array.from({ length: 20 }, (_, i) => anImpersonation({ tenant, begunAt: at(20 - i) }));
    const [even, odd] = [0, 1].map((rest) => inOrder.filter((_, i) => i % 2 === rest));
    for (const one of [...(even ?? []), ...(odd ?? []).toReversed()]) await impersonations().add(one);
    expect(await impersonations().list(tenant, 100)).toStrictEqual(inOrder);
    expect(await impersonations().list(tenant, 3)).toStrictEqual(inOrder.slice(0, 3));
  });

  it('in the same millisecond are both listed', async () => {
    const tenant = aTenant();
    const both = [anImpersonation({ tenant }), anImpersonation({ tenant })];
    for (const one of both) await impersonations().add(one);
    const ids = (await impersonations().list(tenant, 10)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(both.map(({ id }) => id).toSorted());
  });

  it('are those of one tenant, as they were written', async () => {
    const tenant = aTenant();
    const one = anImpersonation({ tenant, reason: 'half \ud83d a pair' });
    for (const each of [one, anImpersonation({ tenant: `${tenant}x` })]) await impersonations().add(each);
    expect(await impersonations().list(tenant, 10)).toStrictEqual([one]);
    const { reason: _none, ...bare } = anImpersonation({ tenant, begunAt: at(1) });
    await impersonations().add(bare);
    expect(await impersonations().list(tenant, 10)).toStrictEqual([bare, one]);
    expect(await impersonations().list(`${tenant}y`, 10)).toEqual([]);
  });

  it('are found by their customer, and replaced in place', async () => {
    const tenant = aTenant();
    const [first, last] = [0, 2].map((ms) => anImpersonation({ tenant, begunAt: at(ms) }));
    const between = anImpersonation({ tenant, customerId: 'bert', begunAt: at(1) });
    for (const one of [first, between, last]) if (one) await impersonations().add(one);
    const found = await impersonations().ofCustomer(tenant, 'anna');
    expect(found.map(({ id }) => id).toSorted()).toEqual([first?.id, last?.id].toSorted());
    await impersonations().replace({ ...between, customerId: 'nobody', reason: '' });
    expect(await impersonations().ofCustomer(tenant, 'bert')).toEqual([]);
    expect(await impersonations().list(tenant, 10)).toStrictEqual([
      last,
      { ...between, customerId: 'nobody', reason: '' },
      first,
    ]);
  });
}
