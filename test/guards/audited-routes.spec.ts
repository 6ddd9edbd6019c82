import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredRoutes, type Route } from '../../src/routes/index.js';
import { openShop, type Shop } from '../support/shop.js';

/** Backends call these for shoppers, many times a second, and nothing is managed by them. */
const FOR_SHOPPERS = [
  // The history of the session says who changed its context.
  'PUT /session-context/{tenant}/context/{sessionId}',
  'POST /session-context/{tenant}/context/{sessionId}/attributes',
  'DELETE /session-context/{tenant}/context/{sessionId}/attributes/{attributeName}',
  // These only read.
  'POST /customer/{tenant}/customers/search',
  'POST /price/{tenant}/match-prices',
  'POST /price/{tenant}/prices/search',
  'POST /price/{tenant}/price-lists/search',
  'POST /price/{tenant}/price-lists/{priceListId}/prices/search',
];

const nameOf = ({ method, template }: Route): string => `${method} ${template}`;

describe('The audit log', () => {
  let shop: Shop;
  let routes: readonly Route[];
  beforeAll(async () => {
    shop = await openShop();
    routes = declaredRoutes(shop.app);
  });
  afterAll(() => shop.close());

  it('has an action for every route of administrators [P-41]', () => {
    const admin = routes.filter(({ template }) => template.startsWith('/admin/'));
    expect(admin.length).toBeGreaterThan(30);
    expect(admin.filter(({ audit }) => !audit).map(nameOf)).toEqual([]);
  });

  it('has an action for every other route by which services change something', () => {
    const managing = routes.filter(
      ({ method, access }) =>
        method !== 'GET' &&
        access.length > 0 &&
        access.every((one) => one === 'service' || one.startsWith('scope:')),
    );
    expect(
      managing
        .filter(({ audit }) => !audit)
        .map(nameOf)
        .toSorted(),
    ).toEqual(FOR_SHOPPERS.toSorted());
  });

  it('costs no shopper anything: no route of theirs has an action', () => {
    const shoppers = new Set<string>(['anonymous', 'customer', 'unexpired-shopper']);
    const theirs = routes.filter(
      ({ access }) => access.length === 0 || access.some((one) => shoppers.has(one)),
    );
    expect(theirs.length).toBeGreaterThan(50);
    expect(theirs.filter(({ audit }) => audit).map(nameOf)).toEqual([]);
  });

  it('names each target by a parameter that the path has', () => {
    for (const { audit, template } of routes) {
      if (audit?.param !== undefined) expect(template).toContain(`{${audit.param}}`);
    }
  });

  it('has another action for each route, in words of one form', () => {
    const actions = routes.flatMap(({ audit }) => audit?.action ?? []);
    expect(actions.filter((action) => !/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(action))).toEqual([]);
    expect(actions.toSorted()).toEqual([...new Set(actions)].toSorted());
  });
});
