import { describe, expect, it } from 'vitest';
import { repeatsIn } from './unique.rules.js';

type Tenant = Parameters<typeof repeatsIn>[0][number];

const aTenant = (name: string, lists: Partial<Tenant> = {}): Tenant => ({
  name,
  clients: [],
  sites: [],
  customers: [],
  priceModels: [],
  prices: [],
  discounts: [],
  ...lists,
});

const site = (code: string, isDefault = false) => ({ code, default: isDefault });
const model = (id: string, isDefault = false) => ({ id, default: isDefault });

describe('The repeats among declared tenants', () => {
  it('are none where there are no tenants, or only empty ones', () => {
    expect(repeatsIn([])).toEqual([]);
    expect(repeatsIn([aTenant('acme'), aTenant('other')])).toEqual([]);
  });

  it('name the later of two tenants with one name, and where the first is', () => {
    expect(repeatsIn([aTenant('acme'), aTenant('other'), aTenant('acme')])).toEqual([
      { path: [2, 'name'], message: 'is the same as tenants[0].name' },
    ]);
  });

  it('name every entry after the first', () => {
    const prices = [{ id: 'p' }, { id: 'p' }, { id: 'p' }];
    expect(repeatsIn([aTenant('acme', { prices })])).toEqual([
      { path: [0, 'prices', 1, 'id'], message: 'is the same as tenants[0].prices[0].id' },
      { path: [0, 'prices', 2, 'id'], message: 'is the same as tenants[0].prices[0].id' },
    ]);
  });

  it('include a client id twice in one tenant', () => {
    const clients = [{ clientId: 'web' }, { clientId: 'web' }];
    expect(repeatsIn([aTenant('acme', { clients })])).toEqual([
      { path: [0, 'clients', 1, 'clientId'], message: 'is the same as tenants[0].clients[0].clientId' },
    ]);
  });

  it('include a client id that another tenant has, and say why it can have only one', () => {
    const clients = [{ clientId: 'web' }];
    expect(repeatsIn([aTenant('acme', { clients }), aTenant('other', { clients })])).toEqual([
      {
        path: [1, 'clients', 0, 'clientId'],
        message:
          "'web' is a client of another tenant: tenants[0].clients[0].clientId. A client id belongs to one tenant",
      },
    ]);
  });

  it('do not include anything but client ids that two tenants share', () => {
    const lists = {
      sites: [site('main', true)],
      customers: [{ email: 'a@b.example' }],
      priceModels: [model('m', true)],
      prices: [{ id: 'p' }],
      discounts: [{ code: 'TEN' }],
    };
    expect(repeatsIn([aTenant('acme', lists), aTenant('other', lists)])).toEqual([]);
  });

  it('include e-mail addresses and discount codes that differ only in capitals', () => {
    const customers = [{ email: 'anna@shop.example' }, { email: 'Anna@Shop.example' }];
    const discounts = [{ code: 'TEN' }, { code: 'ten' }];
    expect(repeatsIn([aTenant('acme', { customers, discounts })]).map(({ path }) => path)).toEqual([
      [0, 'customers', 1, 'email'],
      [0, 'discounts', 1, 'code'],
    ]);
  });

  it('do not include clients, sites, price models and prices that differ in capitals', () => {
    const lists = {
      clients: [{ clientId: 'web' }, { clientId: 'Web' }],
      sites: [site('main'), site('Main')],
      priceModels: [model('m'), model('M')],
      prices: [{ id: 'p' }, { id: 'P' }],
    };
    expect(repeatsIn([aTenant('acme', lists)])).toEqual([]);
  });

  it('include a second default site and a second default price model', () => {
    const sites = [site('a', true), site('b'), site('c', true)];
    const priceModels = [model('a'), model('b', true), model('c', true)];
    expect(repeatsIn([aTenant('acme', { sites, priceModels })])).toEqual([
      { path: [0, 'sites', 2, 'default'], message: 'is the same as tenants[0].sites[0].default' },
      { path: [0, 'priceModels', 2, 'default'], message: 'is the same as tenants[0].priceModels[1].default' },
    ]);
  });
});
