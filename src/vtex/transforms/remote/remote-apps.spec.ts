import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { createLocalJWKSet, flattenedVerify, type JSONWebKeySet } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../auth/index.js';
import { type Config, readConfig } from '../../../config/config.schema.js';
import { SystemClock } from '../../../shared/clock.js';
import { NO_TRACING } from '../../../shared/tracing.js';
import { TargetAddresses } from '../../../http/upstream/target-addresses.js';
import type { SessionApp } from '../../../vtex-settings/index.js';
import type { AppContext } from '../../values/app.types.js';
import { AppCallSigner } from './app-call-signer.js';
import { AppHttp } from './app-http.js';
import type { AppFailureKind } from './remote-app.errors.js';
import { RemoteApps } from './remote-apps.js';

const KEYS: unknown[] = [];
const clock = new SystemClock();
const servers: Server[] = [];
const clients: RemoteApps[] = [];
const https: AppHttp[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function remoteApps(env: NodeJS.ProcessEnv = {}) {
  const config: Config = readConfig({
    SESSION_APPS_PRIVATE_ADDRESSES: 'allow',
    SESSION_APP_REST_SECONDS: '2',
    // However busy the machine of the test is, only those are late that mean to be.
    SESSION_APP_MILLISECONDS: '10000',
    ...env,
  });
  const repository = { list: async () => KEYS, add: async (key: unknown) => void KEYS.unshift(key) };
  const keys = new SigningKeys(repository as never, config, clock);
  const failures: AppFailureKind[] = [];
  const http = new AppHttp(new TargetAddresses(config), NO_TRACING);
  const counted = { count: (_: string, kind: AppFailureKind) => void failures.push(kind) };
  const apps = new RemoteApps(http, new AppCallSigner(keys, clock), counted, config);
  clients.push(apps);
  https.push(http);
  const call = (
    url: string,
    { tenant = 'acme', version = 1, inputs = new Map([['public.a', '1']]) } = {},
  ) => {
    const about = { tenant, session: { revision: 7 }, signal: new AbortController().signal };
    return apps.appOf(anApp(url, version)).run(inputs, about as unknown as AppContext);
  };
  return { call, failures, keys };
}

const anApp = (url: string, version: number): SessionApp => ({
  id: 'mine',
  name: 'mine',
  url,
  input: { public: ['a'] },
  output: { offers: ['banner'] },
  runOnCreate: false,
  order: 0,
  shared: false,
  version,
});

const GOOD = JSON.stringify({ offers: { banner: { value: 'x' } }, store: { channel: { value: '9' } } });
const good: RequestListener = (_, response) => void response.end(GOOD);

describe('A session app of a tenant', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });
  afterAll(async () => {
    for (const apps of clients) apps.onApplicationShutdown();
    for (const http of https) await http.onApplicationShutdown();
  });

  it('receives its inputs, and only the outputs that it declared are taken from its answer [W-78, M-18]', async () => {
    let asked: unknown;
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      asked = [request.method, request.headers['content-type'], Buffer.concat(chunks).toString()];
      good(request, response);
    });
    const { call, failures } = remoteApps();
    expect(await call(url)).toEqual(new Map([['offers.banner', 'x']]));
    expect(asked).toEqual(['POST', 'application/json', '{"public":{"a":{"value":"1"}}}']);
    expect(failures).toEqual([]);
  });

  it('can tell by the signature that the call is meant for it, and when it was made', async () => {
    let check: Promise<unknown> | undefined;
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const [header = '', , signature = ''] = String(request.headers['x-session-signature']).split('.');
      const jws = { protected: header, payload: Buffer.concat(chunks).toString('base64url'), signature };
      check = keys.jwks().then((jwks) => flattenedVerify(jws, createLocalJWKSet(jwks as JSONWebKeySet)));
      good(request, response);
    });
    const { call, keys } = remoteApps();
    await call(url);
    const now = Math.floor(Date.now() / 1000);
    expect(await check).toMatchObject({
      protectedHeader: { alg: 'ES256', typ: 'session-app+jws', aud: url, account: 'acme', version: 7 },
    });
    const { protectedHeader } = (await check) as { protectedHeader: { iat: number } };
    expect(Math.abs(protectedHeader.iat - now)).toBeLessThan(60);
  });

  it('may answer 204, which changes nothing [F-59]', async () => {
    const url = await serve((_, response) => void response.writeHead(204).end());
    const { call, failures } = remoteApps();
    expect(await call(url)).toEqual(new Map());
    expect(failures).toEqual([]);
  });

  /** Each must fail, for this reason, and leave nothing behind. */
  const HOSTILE: Record<string, [RequestListener, AppFailureKind]> = {
    'never answers': [() => undefined, 'late'],
    'answers byte by byte, for ever': [
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      'late',
    ],
    'answers 500': [(_, response) => void response.writeHead(500).end(GOOD), 'status'],
    'answers 202': [(_, response) => void response.writeHead(202).end(GOOD), 'status'],
    redirects: [(_, response) => void response.writeHead(307, { location: '/' }).end(), 'status'],
    'answers rubbish': [(_, response) => void response.end('<html>'), 'unreadable'],
    'answers values that are no text': [
      (_, response) => void response.end('{"offers":{"banner":1}}'),
      'unreadable',
    ],
    'answers without end': [
      (_, response) => {
        const more = (): void => void (response.writable && response.write('x'.repeat(65_536), more));
        more();
      },
      'too-large',
    ],
    'answers 64 KiB and one': [(_, response) => void response.end('{' + ' '.repeat(65_536)), 'too-large'],
    'packs its answer': [
      (_, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(10_000_000))),
      'unreadable',
    ],
    'hangs up': [(request) => void request.socket.destroy(), 'unreachable'],
    'says it answers more than it does': [
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write(GOOD);
        setTimeout(() => response.destroy(), 20);
      },
      'unreachable',
    ],
  };

  it.each(Object.keys(HOSTILE))('that %s has failed, and is counted [M-29, D-16, P-52]', async (way) => {
    const [listener, kind] = HOSTILE[way] ?? [good, 'busy'];
    const { call, failures } = remoteApps(kind === 'late' ? { SESSION_APP_MILLISECONDS: '500' } : {});
    await expect(call(await serve(listener))).rejects.toThrow(kind);
    expect(failures).toEqual([kind]);
  });

  it('counts as failed if nothing listens at its address [M-29]', async () => {
    const url = await serve(good);
    servers[0]?.close();
    const { call, failures } = remoteApps();
    await expect(call(url)).rejects.toThrow();
    expect(failures).toEqual(['unreachable']);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'is not called at %s, unless the operator allows private addresses [P-52]',
    async (host) => {
      let calls = 0;
      const url = await serve((request, response) => {
        calls += 1;
        good(request, response);
      });
      const { call, failures } = remoteApps({ SESSION_APPS_PRIVATE_ADDRESSES: 'refuse' });
      await expect(call(url.replace('127.0.0.1', host))).rejects.toThrow('private-address');
      expect(failures).toEqual(['private-address']);
      expect(calls).toBe(0);
    },
  );

  it('is called by name when private addresses are allowed', async () => {
    const url = await serve(good);
    expect(await remoteApps().call(url.replace('127.0.0.1', 'localhost'))).toEqual(
      new Map([['offers.banner', 'x']]),
    );
  });

  it('is not called for a while after five failures, for its tenant only; then one call tests it, and it recovers [M-29]', async () => {
    let calls = 0;
    let isWell = false;
    const url = await serve((request, response) => {
      calls += 1;
      if (isWell) good(request, response);
      else response.writeHead(500).end();
    });
    const { call, failures } = remoteApps();
    for (let i = 0; i < 8; i += 1) await expect(call(url)).rejects.toThrow();
    expect(calls).toBe(5);
    expect(failures.slice(5)).toEqual(['resting', 'resting', 'resting']);
    await expect(call(url, { tenant: 'globex' })).rejects.toThrow('status');
    expect(calls).toBe(6);

    // Still ill at the first try: it is left alone again at once.
    await expect
      .poll(
        () =>
          call(url)
            .then(String, String)
            .then(() => calls),
        { timeout: 10_000 },
      )
      .toBe(7);
    await expect(call(url)).rejects.toThrow('resting');

    isWell = true;
    const recovered = { timeout: 10_000, interval: 100 };
    await expect
      .poll(() => call(url).catch(() => undefined), recovered)
      .toEqual(new Map([['offers.banner', 'x']]));
    for (let i = 0; i < 3; i += 1) await call(url);
    expect(calls).toBe(11);
  });

  it('starts over when its settings have changed', async () => {
    const url = await serve((_, response) => void response.writeHead(500).end());
    const { call } = remoteApps();
    for (let i = 0; i < 6; i += 1) await expect(call(url)).rejects.toThrow();
    await expect(call(url, { version: 2 })).rejects.toThrow('status');
  });

  it('is called at most 32 times at once; further calls do not count as its failures', async () => {
    let open = 0;
    const waiting: (() => void)[] = [];
    const url = await serve((request, response) => {
      open += 1;
      waiting.push(() => good(request, response));
    });
    const { call, failures } = remoteApps();
    const calls = Array.from({ length: 40 }, () => call(url).catch((error: Error) => error.message));
    await expect.poll(() => open, { timeout: 10_000 }).toBe(32);
    for (const answer of waiting.splice(0)) answer();
    const answers = await Promise.all(calls);
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(8);
    expect(failures).toEqual(Array(8).fill('busy'));
  });
});
