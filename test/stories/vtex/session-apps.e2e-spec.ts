import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import { type Clock, SystemClock } from '../../../src/shared/clock.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { freePort } from '../../support/mongo/mongod-process.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { started, typed } from '../../support/programs/shell.js';
import { openShop, type Shop } from '../../support/shop.js';
import type { TestClock } from '../../support/test-clock.js';

const APPS = '/admin/acme/session-apps';
const [START = '', INSTALL = ''] = blocksFor(
  'test/stories/vtex/session-apps.e2e-spec.ts',
  'examples/session-app/README.md',
);

describe('A tenant installs its own apps', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const servers: SessionAppServer[] = [];
  let example: ChildProcess | undefined;

  const serve = async (...about: Parameters<typeof sessionAppServer>) => {
    const server = await sessionAppServer(...about);
    servers.push(server);
    return server;
  };
  const change = async (values: Record<string, { value: string }>, token?: string) =>
    (await shop.http.post(`/api/sessions${token ? `/${token}` : ''}?an=acme`, { public: values })).body;
  const read = async (token: string) =>
    (await shop.http.get('/api/sessions?an=acme&items=*').set('cookie', `vtex_session=${token}`).expect(200))
      .body.namespaces;

  beforeAll(async () => {
    // Another process checks the signatures, and it uses the time of day.
    const clock: Clock = new SystemClock();
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' }, clock: clock as TestClock });
    staff = await shop.service();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    example?.kill();
    await shop.close();
  });

  it('such as the example, which checks who calls it, and whose output appears in the session [W-78, M-12]', async () => {
    const port = await freePort();
    example = started(START, { PORT: String(port), ONESESSION: shop.url });
    await once(example.stdout ?? example, 'data');
    const url = `http://127.0.0.1:${port}/`;
    const install = INSTALL.replace('http://127.0.0.1:3000', shop.url).replace('http://127.0.0.1:4000/', url);
    const { code, said } = await typed(install.replace('curl', 'curl -fsS'), {
      env: { TOKEN: staff.accessToken },
    });
    expect(code, said).toBe(0);
    const { sessionToken } = await change({ utm_campaign: { value: 'spring' } });
    expect((await read(sessionToken)).offers).toEqual({ banner: { value: 'Welcome to spring' } });
    const forged = await fetch(url, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
    await staff.delete(`${APPS}/banner`).expect(204);
  });

  it('which receive all their declared inputs and nothing else [W-78, M-13, M-14]', async () => {
    const app = await serve(() => ({
      offers: { seen: { value: 'yes' } },
      store: { channel: { value: 'b2b' } },
    }));
    const declared = { input: { public: ['a', 'b'] }, output: { offers: ['seen'] } };
    await staff.put(`${APPS}/reader`, { url: app.url, ...declared }).expect(200);
    const { sessionToken } = await change({ a: { value: '1' }, b: { value: '2' }, c: { value: '3' } });
    expect(app.calls).toEqual([{ public: { a: { value: '1' }, b: { value: '2' } } }]);
    const { sessionToken: next } = await change({ c: { value: '4' } }, sessionToken);
    expect(app.calls).toHaveLength(1);
    await change({ a: { value: '5' } }, next);
    expect(app.calls.at(-1)).toEqual({ public: { a: { value: '5' }, b: { value: '2' } } });
    await staff.delete(`${APPS}/reader`).expect(204);
  });

  it('of whose answer only what they declared is used: left out, empty or a value [M-18, W-79]', async () => {
    const answers = [
      {
        offers: { one: { value: '1' }, two: { value: '2' }, other: { value: '9' } },
        store: { channel: { value: 'b2b' } },
      },
      { offers: { one: { value: '' } } },
    ];
    const app = await serve(() => answers.shift());
    await staff
      .put(`${APPS}/writer`, { url: app.url, input: { public: ['x'] }, output: { offers: ['one', 'two'] } })
      .expect(200);
    const { sessionToken } = await change({ x: { value: '1' } });
    const first = await read(sessionToken);
    expect(first.offers).toEqual({ one: { value: '1' }, two: { value: '2' } });
    expect(first.store.channel.value).toBe('main');
    const { sessionToken: next } = await change({ x: { value: '2' } }, sessionToken);
    expect((await read(next)).offers).toEqual({ one: { value: '' }, two: { value: '2' } });
    await staff.delete(`${APPS}/writer`).expect(204);
  });

  it('which do not take part in another tenant’s sessions [M-12]', async () => {
    const app = await serve(() => ({}));
    await staff
      .put(`${APPS}/creator`, {
        url: app.url,
        input: { public: ['x'] },
        output: { own: ['x'] },
        runOnCreate: true,
      })
      .expect(200);
    await shop.http.post('/api/sessions?an=globex', { public: { x: { value: '1' } } }).expect(201);
    expect(app.calls).toEqual([]);
    await shop.http.post('/api/sessions?an=acme', {}).expect(201);
    expect(app.calls).toEqual([{}]);
    await staff.delete(`${APPS}/creator`).expect(204);
  });
});
