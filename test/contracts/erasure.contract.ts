import { expect, it } from 'vitest';
import type { ErasureRepository } from '../../src/customer-admin/erasure.repository.js';
import { type Erasure, NOTHING_ERASED } from '../../src/customer-admin/erasure.types.js';
import { newId } from '../../src/shared/ids.js';

const anErasure = (over: Partial<Erasure> = {}): Erasure => ({
  tenant: 'acme',
  customerId: newId(),
  emails: ['anna@acme.test', 'Anna@Acme.test'],
  begunAt: new Date('2026-01-15T12:00:00.123Z'),
  erased: { ...NOTHING_ERASED, customers: 1, addresses: 2 },
  ...over,
});

/** What every adapter promises for erasures. */
export function erasureContract(erasures: () => ErasureRepository): void {
  const idsOf = async () => (await erasures().list(1000)).map(({ customerId }) => customerId);

  it('are found as they were last saved, by tenant and customer', async () => {
    const one = anErasure();
    await erasures().save(one);
    expect(await erasures().find('acme', one.customerId)).toStrictEqual(one);
    expect(await erasures().find('globex', one.customerId)).toBeUndefined();
    const later = { ...one, emails: [], settlesAt: new Date('2026-01-15T12:01:00Z') };
    await erasures().save(later);
    expect(await erasures().find('acme', one.customerId)).toStrictEqual(later);
  });

  it('of all tenants are listed until they are removed, up to a limit', async () => {
    const [one, other] = [anErasure(), anErasure({ tenant: 'globex' })];
    for (const each of [one, other]) await erasures().save(each);
    expect(await idsOf()).toEqual(expect.arrayContaining([one.customerId, other.customerId]));
    expect(await erasures().list(1)).toHaveLength(1);
    await erasures().remove('acme', one.customerId);
    expect(await idsOf()).not.toContain(one.customerId);
    await erasures().remove('acme', one.customerId);
  });

  it('leave everything else as it is when what was removed is overwritten', async () => {
    const [kept, removed] = [anErasure(), anErasure()];
    for (const each of [kept, removed]) await erasures().save(each);
    await erasures().remove('acme', removed.customerId);
    await erasures().overwriteRemoved();
    expect(await erasures().find('acme', kept.customerId)).toStrictEqual(kept);
    expect(await erasures().find('acme', removed.customerId)).toBeUndefined();
  });
}
