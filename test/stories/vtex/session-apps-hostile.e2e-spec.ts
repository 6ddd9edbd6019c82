import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const APPS = '/admin/acme/session-apps';

/** Each of these would hold up or corrupt a session if it could. */
const HOSTILE: Record<string, RequestListener> = {
  'never answers': () => undefined,
  'answers byte by byte, for ever': (_, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  'answers 500': (_, response) => void response.writeHead(500).end('{"mine":{"x":{"value":"no"}}}'),
  'answers rubbish': (_, response) => void response.end('<html>'),
  'answers without end': (_, response) => {
    const more = (): void => void (response.writable && response.write('x'.repeat(65_536), more));
    more();
  },
  'redirects to itself': (_, response) => void response.writeHead(307, { location: '/' }).end(),
  'hangs up': (request) => void request.socket.destroy(),
};

describe('A tenant’s app that misbehaves', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const servers: SessionAppServer[] = [];

  const install = async (name: string, input: string[], output: string[], behave?: RequestListener) => {
    let count = 0;
    const [namespace = '', key = ''] = output;
    const server = await sessionAppServer(
      () => ({ [namespace]: { [key]: { value: `${(count += 1)}` } } }),
      behave,
    );
    servers.push(server);
    const [read = '', ...keys] = input;
    await staff
      .put(`${APPS}/${name}`, { url: server.url, input: { [read]: keys }, output: { [namespace]: [key] } })
      .expect(200);
    return server;
  };
  const change = (account: string, values: object) =>
    shop.http.post(`/api/sessions?an=${account}`, { public: values }).expect(201);
  const read = async (token: string, account = 'acme') =>
    (
      await shop.http
        .get(`/api/sessions?an=${account}&items=*`)
        .set('cookie', `vtex_session=${token}`)
        .expect(200)
    ).body.namespaces;
  /** Returns the sum of all lines with this name and label. */
  const counted = async (name: string, label: string): Promise<number> =>
    (await shop.http.get('/metrics').expect(200)).text
      .split('\n')
      .filter((line) => line.startsWith(`onesession_${name}_total{`) && line.includes(label))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

  beforeAll(async () => {
    shop = await openShop({
      env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow', SESSION_APP_REST_SECONDS: '3' },
    });
    staff = await shop.service();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await shop.close();
  });

  it.each(Object.keys(HOSTILE))(
    'with %s leaves its values as they were; all others are there, and it is reported and counted [M-29, D-16, P-52]',
    async (way) => {
      const hostile = await install('hostile', ['public', 'x', 'utm_campaign'], ['mine', 'x'], HOSTILE[way]);
      await install('other', ['public', 'x'], ['offers', 'banner']);
      const before = await counted('session_app_failures', 'app="hostile"');
      const answer = await change('acme', { x: { value: '1' }, utm_campaign: { value: 'Black Friday' } });
      const session = await read(answer.body.sessionToken);
      expect(hostile.calls.length).toBeGreaterThan(0);
      expect(session.mine).toBeUndefined();
      expect(session.offers).toEqual({ banner: { value: '1' } });
      expect(session.rnb).toEqual({ campaigns: { value: 'vip' } });
      expect(session.public).toMatchObject({ x: { value: '1' } });
      expect(answer.headers['x-session-apps-failed']).toBe('hostile');
      const after = await counted('session_app_failures', 'app="hostile"');
      expect(after - before).toBe(hostile.calls.length);
      await staff.delete(`${APPS}/hostile`).expect(204);
      await staff.delete(`${APPS}/other`).expect(204);
    },
  );

  it('is no longer called after five failures, until one call tries it again [D-16, P-52]', async () => {
    let isWell = false;
    const server = await install('ill', ['public', 'x'], ['mine', 'x'], (_, response) => {
      response.writeHead(isWell ? 200 : 500).end('{"mine":{"x":{"value":"well"}}}');
    });
    for (let i = 0; i < 8; i += 1) await change('acme', { x: { value: `${i}` } });
    expect(server.calls).toHaveLength(5);
    isWell = true;
    const mine = async () =>
      (await read((await change('acme', { x: { value: 'y' } })).body.sessionToken)).mine;
    await expect.poll(mine, { timeout: 10_000, interval: 100 }).toEqual({ x: { value: 'well' } });
    expect(server.calls).toHaveLength(6);
    await staff.delete(`${APPS}/ill`).expect(204);
  });

  it('does not affect sessions of other tenants [D-16]', async () => {
    await install('hanging', ['public', 'x'], ['mine', 'x'], HOSTILE['never answers']);
    const slow = Promise.all([1, 2, 3].map(() => change('acme', { x: { value: '1' } })));
    const { body, headers } = await change('globex', { x: { value: '1' } });
    expect(headers['x-session-apps-failed']).toBeUndefined();
    expect((await read(body.sessionToken, 'globex')).public).toMatchObject({ x: { value: '1' } });
    await slow;
    await staff.delete(`${APPS}/hanging`).expect(204);
  });

  it('in a loop with another one is stopped at the limit, which is counted, and the session is kept [M-24, D-15]', async () => {
    const ping = await install('ping', ['loop', 'pong'], ['loop', 'ping']);
    const starter = await install('pong', ['loop', 'ping'], ['loop', 'pong']);
    await staff
      .put(`${APPS}/ping`, {
        url: ping.url,
        input: { loop: ['pong'], public: ['start'] },
        output: { loop: ['ping'] },
      })
      .expect(200);
    const before = await counted('session_app_troubles', 'outcome="looping"');
    const { body, headers } = await change('acme', { start: { value: '1' } });
    expect(ping.calls.length + starter.calls.length).toBeLessThanOrEqual(10);
    expect(ping.calls.length).toBeGreaterThan(1);
    expect(headers['x-session-apps-looping']).toMatch(/^(ping|pong|ping, pong)$/);
    expect(await counted('session_app_troubles', 'outcome="looping"')).toBe(before + 1);
    const { loop } = await read(body.sessionToken);
    expect(loop).toEqual({
      ping: { value: `${ping.calls.length}` },
      pong: { value: `${starter.calls.length}` },
    });
  });
});
