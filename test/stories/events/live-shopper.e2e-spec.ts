import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LiveStreams } from '../../../src/live/index.js';
import { EventReader, type ReadOptions } from '../../support/events/event-reader.js';
import { eventProblems } from '../../support/events/event-schemas.js';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PATH = '/session-context/acme/me/events';
const ATTRIBUTES = '/session-context/acme/me/context/attributes';

describe('A shopper follows their session live', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const readers: EventReader[] = [];

  beforeAll(async () => {
    shop = await openShop({ env: { LIVE_STREAM_SECONDS: '3600' } });
    staff = await shop.service();
  });
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await shop.close();
  });

  const follow = async (who: HttpUser, options?: ReadOptions, query = ''): Promise<EventReader> => {
    const reader = await EventReader.open(`${shop.url}${PATH}${query}`, who.accessToken, options);
    readers.push(reader);
    return reader;
  };

  const cartOf = async (who: Visitor | CustomerUser): Promise<string> => {
    const { body } = await who.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    return body.cartId;
  };

  it('as a stream that no cache and no proxy keeps back', async () => {
    const { response, retryMs } = await follow(await shop.visitor());
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
    });
    await vi.waitFor(() => expect(readers.at(-1)?.retryMs).toBe(2_000));
    expect(retryMs === undefined || retryMs === 2_000).toBe(true);
  });

  it('and sees their first cart, the context that comes with it, and each change, as described', async () => {
    const anna = await shop.visitor();
    const reader = await follow(anna);
    const cartId = await cartOf(anna);
    await anna.post(ATTRIBUTES, { key: 'size', value: 'M' }).expect(201);
    expect(await reader.until('onesession.context.created')).toMatchObject({
      source: '/tenants/acme',
      subject: anna.sessionId,
      data: { version: 1, cartId, currency: 'EUR' },
    });
    expect(await reader.until('onesession.cart.created')).toMatchObject({ subject: cartId });
    expect(await reader.until('onesession.context.changed')).toMatchObject({
      data: { version: 2, changes: [expect.objectContaining({ field: 'context.size' })] },
    });
    expect(reader.events.flatMap((event) => eventProblems(event))).toEqual([]);
  });

  it('and sees what an employee changes in it', async () => {
    const anna = await shop.visitor();
    await cartOf(anna);
    const reader = await follow(anna);
    const path = `/session-context/acme/context/${anna.sessionId}/attributes`;
    await staff.post(path, { key: 'note', value: 'gift' }).expect(204);
    expect(await reader.until('onesession.context.changed')).toMatchObject({
      data: { by: { kind: 'employee' } },
    });
  });

  it('and sees nothing of anybody else', async () => {
    const [anna, ben] = [await shop.visitor(), await shop.visitor()];
    const reader = await follow(anna);
    await cartOf(ben);
    await ben.post(ATTRIBUTES, { key: 'size', value: 'L' }).expect(201);
    const cartId = await cartOf(anna);
    await reader.until('onesession.context.created');
    const subjects = reader.events.map(({ subject }) => subject);
    expect(subjects.filter((one) => one !== anna.sessionId && one !== cartId)).toEqual([]);
  });

  it('and resumes after the last event that they have, by header or by query', async () => {
    const anna = await shop.visitor();
    const first = await follow(anna);
    await cartOf(anna);
    await first.until('onesession.context.created');
    first.close();
    await anna.post(ATTRIBUTES, { key: 'missed', value: '1' }).expect(201);
    for (const [options, query] of [
      [{ lastEventId: first.lastEventId }, ''],
      [{}, `?lastEventId=${first.lastEventId}`],
    ] as const) {
      const second = await follow(anna, options, query);
      await second.until('onesession.context.changed');
      expect(second.types).not.toContain('onesession.context.created');
      expect(second.types).not.toContain('reset');
      second.close();
    }
  });

  it('and is told to read the state again when the last event is not known', async () => {
    const reader = await follow(await shop.visitor(), { lastEventId: 'long gone' });
    const reset = await reader.until('reset');
    expect(eventProblems(reset, 'reset')).toEqual([]);
  });

  it('until the login that ends an anonymous token, without a word of the customer', async () => {
    const visitor = await shop.visitor();
    await cartOf(visitor);
    const reader = await follow(visitor);
    const ben = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.post(ATTRIBUTES, { key: 'secret', value: 'of Ben' }).expect(201);
    await reader.ended();
    expect(reader.end).toEqual({ reason: 'token-ended', resume: false });
    expect(JSON.stringify(reader.messages)).not.toMatch(/secret|became_customers|customerId/);

    const next = await follow(ben, { lastEventId: reader.lastEventId });
    expect(next.response.status).toBe(200);
    await ben.logOut().expect(204);
    await next.ended();
    expect(next.types.slice(-2)).toEqual(['onesession.session.ended', 'end']);
    expect(next.end).toEqual({ reason: 'session-ended', resume: false });
    expect(eventProblems(next.end ?? {}, 'end')).toEqual([]);
    expect((await follow(ben)).response.status).toBe(401);
  });

  it('until the token expires', async () => {
    const clockShop = await openShop({ env: { LIVE_STREAM_SECONDS: '3600' } });
    try {
      const visitor = await clockShop.visitor();
      const reader = await EventReader.open(`${clockShop.url}${PATH}`, visitor.accessToken);
      clockShop.clock.advanceSeconds(3_600);
      await reader.ended();
      expect(reader.end).toEqual({ reason: 'token-ended', resume: false });
    } finally {
      await clockShop.close();
    }
  });

  it('five times at once, and gets a place back when one is closed', async () => {
    const anna = await shop.visitor();
    const five = await Promise.all(Array.from({ length: 5 }, () => follow(anna)));
    expect(five.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 200]);
    const sixth = await follow(anna);
    expect([sixth.response.status, sixth.response.headers.get('retry-after')]).toEqual([429, '15']);
    expect(await sixth.response.json()).toEqual({ code: 429, message: expect.stringContaining('5') });
    five[0]?.close();
    await vi.waitFor(async () => expect((await follow(anna)).response.status).toBe(200));
  });

  it('and asks for the headers of a stream without opening one', async () => {
    const anna = await shop.visitor();
    for (let i = 0; i < 7; i += 1) {
      const response = await fetch(`${shop.url}${PATH}`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${anna.accessToken}` },
      });
      expect(response.status).toBe(200);
    }
  });

  it('by the token in the header only [P-18]', async () => {
    const { accessToken } = await shop.visitor();
    for (const query of [`?access_token=${accessToken}`, `?token=${accessToken}`]) {
      const reader = await EventReader.open(`${shop.url}${PATH}${query}`, undefined);
      expect(reader.response.status).toBe(401);
    }
  });

  it('from a page of any origin, which may send the id to resume from', async () => {
    const { headers } = await shop.options(PATH, {
      origin: 'https://shop.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization, last-event-id',
    });
    expect(headers['access-control-allow-headers']).toContain('last-event-id');
  });

  it('unless the query has something that the route does not know', async () => {
    const { response } = await follow(await shop.visitor(), {}, '?types=onesession.*');
    expect(response.status).toBe(400);
  });

  it('until the instance stops, which says so at once and takes no more streams', async () => {
    const other = await openShop({ env: { LIVE_STREAM_SECONDS: '3600' } });
    try {
      const visitor = await other.visitor();
      const reader = await EventReader.open(`${other.url}${PATH}`, visitor.accessToken);
      other.app.get(LiveStreams).stop();
      await reader.ended();
      expect(reader.end).toEqual({ reason: 'stopping', resume: true });
      const late = await EventReader.open(`${other.url}${PATH}`, visitor.accessToken);
      expect([late.response.status, await late.response.json()]).toEqual([
        503,
        { code: 503, message: 'This instance is stopping; try again' },
      ]);
    } finally {
      await other.close();
    }
  });

  it('as far as there is room: another instance may have some', async () => {
    const small = await openShop({ env: { LIVE_STREAM_SECONDS: '3600', MAX_LIVE_STREAMS: '2' } });
    try {
      const open = async () => EventReader.open(`${small.url}${PATH}`, (await small.visitor()).accessToken);
      const first = await open();
      const second = await open();
      expect([first.response.status, second.response.status]).toEqual([200, 503]);
      first.close();
    } finally {
      await small.close();
    }
  });

  it('until it is time to come back, perhaps to another instance', async () => {
    const short = await openShop();
    try {
      const reader = await EventReader.open(`${short.url}${PATH}`, (await short.visitor()).accessToken);
      await reader.ended();
      expect(reader.end).toEqual({ reason: 'resume', resume: true });
    } finally {
      await short.close();
    }
  });
});
