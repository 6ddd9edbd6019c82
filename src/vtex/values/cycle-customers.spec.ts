import { describe, expect, it, vi } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { CycleCustomers } from './cycle-customers.js';

const anna = aCustomer({ id: 'anna', email: 'anna@acme.test' });

const stored = () => ({
  find: vi.fn(async (_tenant: string, id: string) => (id === anna.id ? anna : undefined)),
  findByLogin: vi.fn(async (_tenant: string, typed: string) => (typed === anna.email ? anna : undefined)),
});

describe('A customer whom several apps of a cycle ask for', () => {
  it('is read once by id, whether or not there is one', async () => {
    const store = stored();
    const customers = new CycleCustomers(store, 'acme');
    expect(await Promise.all([customers.find('anna'), customers.find('anna')])).toEqual([anna, anna]);
    expect(await customers.find('nobody')).toBeUndefined();
    expect(await customers.find('nobody')).toBeUndefined();
    expect(store.find.mock.calls).toEqual([
      ['acme', 'anna'],
      ['acme', 'nobody'],
    ]);
  });

  it('is read once by e-mail address, and then known by id', async () => {
    const store = stored();
    const customers = new CycleCustomers(store, 'acme');
    expect(await customers.findByLogin(anna.email)).toBe(anna);
    expect(await customers.findByLogin(anna.email)).toBe(anna);
    expect(await customers.find(anna.id)).toBe(anna);
    expect(store.findByLogin).toHaveBeenCalledTimes(1);
    expect(store.find).not.toHaveBeenCalled();
  });

  it('is read again by the next cycle', async () => {
    const store = stored();
    await new CycleCustomers(store, 'acme').find('anna');
    await new CycleCustomers(store, 'acme').find('anna');
    expect(store.find).toHaveBeenCalledTimes(2);
  });
});
