import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aCustomer } from '../../../../test/support/data/builders.js';
import type { Customer } from '../../../customer/customer.types.js';
import { LmdbCustomerSearch } from './customer-search.js';
import { EmbeddedStorage } from '../embedded-storage.js';
import { EmbeddedStore } from '../store/embedded-store.js';

describe('Customers that an earlier version has stored', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'onesession-search-'))));
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const store = async (customers: readonly Customer[]): Promise<void> => {
    const earlier = await EmbeddedStore.open(folder);
    const table = earlier.table<Customer>('customers');
    await earlier.write(() => customers.forEach((one) => table.put([one.tenant, one.id], one)));
    await earlier.close();
  };
  const searched = async (prefix: string): Promise<readonly string[]> => {
    const storage = await EmbeddedStorage.open(folder);
    const { rows } = await storage.customers.search('acme', { prefix, limit: 200 });
    await storage.close();
    return rows.map(({ id }) => id);
  };

  it('can be searched for after the next start, which says how many there are', async () => {
    const told = vi.spyOn(Logger.prototype, 'log');
    const zoe = aCustomer({ firstName: 'Zoe' });
    await store([...Array.from({ length: 2_100 }, () => aCustomer()), zoe]);
    expect(await searched('zo')).toEqual([zoe.id]);
    expect(told.mock.calls.map(([text]) => text)).toContain('Indexed 2101 customers for searches');
    told.mockClear();
    expect(await searched('zo')).toEqual([zoe.id]);
    expect(told).not.toHaveBeenCalled();
  });

  it('are all indexed in the end, even if that was interrupted', async () => {
    const zoes = Array.from({ length: 1_500 }, () => aCustomer({ firstName: 'Zoe' }));
    await store(zoes);
    const opened = await EmbeddedStore.open(folder);
    const table = opened.table<Customer>('customers');
    const search = new LmdbCustomerSearch(opened);
    const write = opened.write.bind(opened);
    vi.spyOn(opened, 'write')
      .mockImplementationOnce(write)
      .mockRejectedValueOnce(new Error('the plug was pulled'));
    await expect(search.build(table)).rejects.toThrow('the plug was pulled');
    await search.build(table);
    const { places } = await search.search('acme', { prefix: 'zo', limit: 2_000 });
    expect(new Set(places).size).toBe(zoes.length);
    await opened.close();
  });
});
