import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventReader, type ReadOptions } from '../../support/events/event-reader.js';
import { eventProblems } from '../../support/events/event-schemas.js';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('An employee follows the tenant live', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const readers: EventReader[] = [];

  beforeAll(async () => {
    shop = await openShop({ env: { LIVE_STREAM_SECONDS: '3600' } });
    staff = await shop.service('acme-support');
  });
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await shop.close();
  });

  const follow = async (query = '', options?: ReadOptions, who = staff): Promise<EventReader> => {
    const reader = await EventReader.open(`${shop.url}/admin/acme/events${query}`, who.accessToken, options);
    readers.push(reader);
    return reader;
  };

  const cartOf = async (who: Visitor, tenant = 'acme', currency = 'EUR'): Promise<string> => {
    const { body } = await who.post(`/cart/${tenant}/carts`, { siteCode: 'main', currency }).expect(201);
    return body.cartId;
  };

  it('and sees what happens in all sessions, as described', async () => {
    const reader = await follow();
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const visitor = await shop.visitor();
    await cartOf(visitor);
    const ben = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.logOut().expect(204);
    expect(await reader.until('onesession.session.began')).toMatchObject({
      subject: visitor.sessionId,
      data: { kind: 'anonymous', clientId: 'acme-storefront', dialect: 'emporix' },
    });
    expect(await reader.until('onesession.session.ended')).toMatchObject({
      subject: visitor.sessionId,
      data: { cause: 'logout', kind: 'customer' },
    });
    expect(reader.types).toContain('onesession.session.became_customers');
    expect(reader.events.flatMap((event) => eventProblems(event))).toEqual([]);
    const ofSession = reader.events.filter(({ subject }) => subject === visitor.sessionId);
    const sequences = ofSession.map(({ sequence }) => String(sequence));
    expect(sequences).toEqual(sequences.toSorted());
  });

  it('or only the types that the query names', async () => {
    const reader = await follow('?types=onesession.context.*,onesession.session.ended');
    const visitor = await shop.visitor();
    await cartOf(visitor);
    const ben = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.logOut().expect(204);
    await reader.until('onesession.session.ended');
    expect(reader.types).not.toContain('onesession.session.began');
    expect(reader.types).toContain('onesession.context.created');
  });

  it('or only one session with its carts', async () => {
    const [anna, ben] = [await shop.visitor(), await shop.visitor()];
    const reader = await follow(`?sessionId=${anna.sessionId}`);
    await cartOf(ben);
    const cartId = await cartOf(anna);
    await reader.until('onesession.context.created');
    expect(new Set(reader.events.map(({ subject }) => subject))).toEqual(new Set([anna.sessionId, cartId]));
  });

  it('and resumes where the stream was', async () => {
    const visitor = await shop.visitor();
    const first = await follow('?types=onesession.context.*');
    await cartOf(visitor);
    await first.until('onesession.context.created');
    first.close();
    await visitor
      .post('/session-context/acme/me/context/attributes', { key: 'size', value: 'M' })
      .expect(201);
    const second = await follow('?types=onesession.context.*', { lastEventId: first.lastEventId });
    await second.until('onesession.context.changed');
    expect(second.types).not.toContain('reset');
  });

  it('but sees nothing of another tenant', async () => {
    const reader = await follow();
    await cartOf(await shop.visitor({ tenant: 'globex' }), 'globex', 'GBP');
    await cartOf(await shop.visitor());
    await reader.until('onesession.context.created');
    expect(new Set(reader.events.map(({ source }) => source))).toEqual(new Set(['/tenants/acme']));
  });

  it.each([
    '?types=onesession',
    '?types=context.changed',
    '?types=onesession.carts.*',
    '?types=',
    '?type=onesession.*',
  ])('and is told what is wrong with %s', async (query) => {
    const { response } = await follow(query);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ type: 'about:blank', status: 400 }),
    ]);
  });

  it('and the audit log says so [P-41]', async () => {
    const admin = await shop.service();
    const { body } = await admin.get('/admin/acme/audit?action=event.follow').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ actor: { kind: 'service', id: 'acme-support' }, result: 'ok' }),
    );
  });

  it('until their client is switched off', async () => {
    const admin = await shop.service();
    const scopes = ['session.session_read'];
    const client = { clientId: 'follower', kind: 'backend', scopes };
    const { body } = await admin.post('/admin/acme/clients', client).expect(201);
    const follower = await shop.service('follower', body.secret);
    const reader = await follow('', {}, follower);
    expect(reader.response.status).toBe(200);
    await admin
      .patch('/admin/acme/clients/follower', { enabled: false, metadata: { version: 1 } })
      .expect(200);
    shop.clock.advanceSeconds(5);
    await shop.visitor();
    await reader.ended();
    expect(reader.end).toEqual({ reason: 'token-ended', resume: false });
    expect(reader.types).toEqual(['end']);
  });

  it('as far as one tenant may, so that its client can’t take the streams of all tenants [X-31]', async () => {
    const small = await openShop({ env: { LIVE_STREAM_SECONDS: '3600', MAX_LIVE_STREAMS: '8' } });
    const opened: EventReader[] = [];
    const statusOf = async (path: string, { accessToken }: ServiceUser | Visitor): Promise<number> => {
      const reader = await EventReader.open(`${small.url}${path}`, accessToken);
      opened.push(reader);
      return reader.response.status;
    };
    try {
      const greedy = await small.service();
      for (let i = 0; i < 5; i += 1) expect(await statusOf('/admin/acme/events', greedy)).toBe(200);
      expect(await statusOf('/admin/acme/events', greedy)).toBe(503);
      expect(await statusOf('/admin/acme/events', await small.service('acme-support'))).toBe(503);
      expect(await statusOf('/admin/globex/events', await small.service('globex-backend'))).toBe(200);
      const visitor = await small.visitor({ tenant: 'globex' });
      expect(await statusOf('/session-context/globex/me/events', visitor)).toBe(200);
      opened[0]?.close();
      await expect.poll(() => statusOf('/admin/acme/events', greedy)).toBe(200);
    } finally {
      for (const reader of opened) reader.close();
      await small.close();
    }
  });
});
