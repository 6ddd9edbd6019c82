import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';

describe('An operator watches the service', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const metric = async (line: string): Promise<number> => {
    const { text } = await shop.http.get('/metrics').expect(200);
    const found = text.split('\n').find((one) => one.startsWith(`${line} `));
    return Number(found?.slice(line.length + 1) ?? Number.NaN);
  };

  it('sees sessions begin, by kind and by tenant', async () => {
    await shop.visitor();
    await shop.http.post('/api/sessions?an=acme').send({ public: {} }).expect(201);
    expect(await metric('onesession_logins_total{kind="anonymous"}')).toBe(1);
    expect(await metric('onesession_logins_total{kind="vtex"}')).toBe(1);
    expect(await metric('onesession_tenant_logins_total{tenant="acme"}')).toBe(2);
  });

  it('sees refreshes by what came of them, reuse among them', async () => {
    const visitor = await shop.visitor();
    const refresh = (token: string) =>
      shop.http.get(
        `/customerlogin/auth/anonymous/refresh?tenant=acme&client_id=acme-storefront&refresh_token=${token}`,
      );
    await refresh(visitor.refreshToken).expect(200);
    await refresh('no.token-at-all').expect(401);
    expect(await metric('onesession_refreshes_total{outcome="rotated"}')).toBe(1);
  });

  it('sees refusals by their kind', async () => {
    await shop.http.get('/session-context/acme/me/context').expect(401);
    expect(await metric('onesession_refusals_total{kind="unauthenticated"}')).toBeGreaterThanOrEqual(1);
  });

  it('sees how many rounds of apps a change takes', async () => {
    expect(await metric('onesession_transform_rounds_count')).toBeGreaterThanOrEqual(1);
    expect(await metric('onesession_transform_duration_seconds_count')).toBeGreaterThanOrEqual(1);
  });

  it('sees the store: its operations, what it holds, its size, and that it answers', async () => {
    expect(
      await metric('onesession_store_operations_total{port="sessions",operation="create"}'),
    ).toBeGreaterThanOrEqual(2);
    expect(
      await metric('onesession_store_operation_duration_seconds_count{port="sessions"}'),
    ).toBeGreaterThanOrEqual(1);
    expect(await metric('onesession_sessions_stored{kind="customer"}')).toBe(0);
    expect(await metric('onesession_store_size_bytes')).toBeGreaterThan(0);
    expect(await metric('onesession_store_free_bytes')).toBeGreaterThan(0);
    expect(await metric('onesession_store_up')).toBe(1);
  });
});
