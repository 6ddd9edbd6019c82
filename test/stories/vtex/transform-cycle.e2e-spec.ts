import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const APPS = '/admin/acme/session-apps';

interface Declared {
  readonly input: Readonly<Record<string, readonly string[]>>;
  readonly output: Readonly<Record<string, readonly string[]>>;
  readonly runOnCreate?: boolean;
}

const value = (text: string) => ({ value: text });

/** Returns apps that answer only when all of them have been called. Called one after the other, none ever would. */
function meeting(size: number): (answer: object) => RequestListener {
  const waiting: (() => void)[] = [];
  return (answer) => (_request, response) => {
    waiting.push(() => void response.end(JSON.stringify(answer)));
    if (waiting.length === size) for (const go of waiting) go();
  };
}

describe('A transform cycle with a tenant’s own apps', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const installed = new Map<string, SessionAppServer>();

  const install = async (
    name: string,
    declared: Declared,
    ...behaviour: Parameters<typeof sessionAppServer>
  ): Promise<SessionAppServer> => {
    const server = await sessionAppServer(...behaviour);
    installed.set(name, server);
    await staff.put(`${APPS}/${name}`, { url: server.url, ...declared }).expect(200);
    return server;
  };
  const begun = async (values: Record<string, string> = {}): Promise<Device> => {
    const device = new Device(shop.url);
    const { headers } = await device.begin(values).expect(201);
    expect(headers['x-session-apps-failed']).toBeUndefined();
    return device;
  };

  beforeAll(async () => {
    // Nothing may be late, however busy the machine is.
    const patient = { SESSION_APP_MILLISECONDS: '10000', SESSION_TRANSFORM_MILLISECONDS: '10000' };
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow', ...patient } });
    staff = await shop.service();
  });
  afterEach(async () => {
    for (const [name, server] of installed) {
      await staff.delete(`${APPS}/${name}`).expect(204);
      server.close();
    }
    installed.clear();
  });
  afterAll(() => shop.close());

  it('calls A once, B once and C twice when X changes, and saves once [M-19, M-20, M-21, M-23]', async () => {
    const a = await install('a', { input: { public: ['x'] }, output: { chain: ['y'] } }, () => ({
      chain: { y: value('y') },
    }));
    const b = await install('b', { input: { chain: ['y'] }, output: { chain: ['z'] } }, () => ({
      chain: { z: value('z') },
    }));
    const c = await install('c', { input: { chain: ['y', 'z'] }, output: { seen: ['c'] } }, () => ({}));
    const device = await begun();
    expect([a, b, c].flatMap(({ calls }) => calls)).toEqual([]);

    await device.change({ x: '1' }).expect(200);
    expect(a.calls).toEqual([{ public: { x: value('1') } }]);
    expect(b.calls).toEqual([{ chain: { y: value('y') } }]);
    expect(c.calls).toEqual([{ chain: { y: value('y') } }, { chain: { y: value('y'), z: value('z') } }]);
    const { body } = await device.read('chain.y,chain.z').expect(200);
    expect(body).toMatchObject({ version: 2, namespaces: { chain: { y: value('y'), z: value('z') } } });
  });

  it('calls nobody for a value that is written as it was [M-15]', async () => {
    const app = await install('a', { input: { public: ['x'] }, output: { own: ['a'] } }, () => ({}));
    const device = await begun({ x: '1' });
    expect(app.calls).toHaveLength(1);
    await device.change({ x: '1' }).expect(200);
    expect(app.calls).toHaveLength(1);
    await device.change({ x: '2' }).expect(200);
    expect(app.calls).toHaveLength(2);
  });

  it('makes one patch of all answers and leaves what none of them names [M-16, M-17]', async () => {
    const answers = [{ own: { one: value('1'), two: value('2') } }, { own: { one: value('other') } }];
    await install('first', { input: { public: ['x'] }, output: { own: ['one', 'two'] } }, () =>
      answers.shift(),
    );
    await install(
      'second',
      { input: { public: ['x'] }, output: { others: ['three'] } },
      ({ public: given }) => ({
        others: { three: given?.x },
      }),
    );
    const device = await begun({ x: '1' });
    expect(await device.values('own.one,own.two,others.three')).toEqual({
      'own.one': '1',
      'own.two': '2',
      'others.three': '1',
    });
    await device.change({ x: '2' }).expect(200);
    expect(await device.values('own.one,own.two,others.three')).toEqual({
      'own.one': 'other',
      'own.two': '2',
      'others.three': '2',
    });
  });

  it('has called all apps of a transform before any has answered [M-21, M-22]', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const together = meeting(names.length);
    for (const name of names) {
      const declared = { input: { public: ['x'] }, output: { own: [name] } };
      await install(name, declared, () => ({}), together({ own: { [name]: value('there') } }));
    }
    const device = await begun({ x: '1' });
    expect(Object.keys(await device.values(names.map((name) => `own.${name}`).join()))).toHaveLength(5);
  });

  it('first calls those that run on create with nothing, then those that watch what they wrote [M-25, M-26, M-27]', async () => {
    const together = meeting(2);
    const creator = (name: string, key: string) => {
      const declared = { input: { public: ['x'] }, output: { own: [key] }, runOnCreate: true };
      return install(name, declared, () => ({}), together({ own: { [key]: value('made') } }));
    };
    const [first, second] = [await creator('first', 'a'), await creator('second', 'b')];
    const watcher = await install(
      'watcher',
      { input: { own: ['a', 'b'] }, output: { seen: ['all'] } },
      () => ({
        seen: { all: value('yes') },
      }),
    );
    const other = await install('other', { input: { public: ['x'] }, output: { seen: ['x'] } }, () => ({}));
    const device = await begun();
    expect([first.calls, second.calls, other.calls]).toEqual([[{}], [{}], []]);
    expect(watcher.calls).toEqual([{ own: { a: value('made'), b: value('made') } }]);
    expect(await device.values('seen.all')).toEqual({ 'seen.all': 'yes' });
  });

  it('reports the values of the creating request after the create call [M-28]', async () => {
    const both = { input: { public: ['x'] }, output: { own: ['a'] }, runOnCreate: true };
    const creator = await install('creator', both, () => ({}));
    const watcher = await install(
      'watcher',
      { input: { public: ['x'] }, output: { own: ['b'] } },
      () => ({}),
    );
    await begun({ x: '1' });
    expect(creator.calls).toEqual([{}, { public: { x: value('1') } }]);
    expect(watcher.calls).toEqual([{ public: { x: value('1') } }]);
  });
});
