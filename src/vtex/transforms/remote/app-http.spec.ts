import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standIn } from '../../../../test/support/stand-in.js';
import type { TargetAddresses } from '../../../http/upstream/target-addresses.js';
import { NO_TRACING } from '../../../shared/tracing.js';
import { AppHttp } from './app-http.js';

/** Of this machine both, so that the test can see who is called; one stands for what may be, one for what may not. */
const PUBLIC = '127.0.0.1';
const PRIVATE = '127.0.0.2';
const ADDRESSES = standIn<TargetAddresses>({ isAllowed: (address) => address === PUBLIC });

const dns = vi.hoisted(() => ({ answers: [] as LookupAddress[][], asked: 0 }));
vi.mock('node:dns', () => ({
  lookup: (_name: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void) => {
    const found = dns.answers[Math.min(dns.asked, dns.answers.length - 1)] ?? [];
    dns.asked += 1;
    callback(null, found);
  },
}));

describe('The name of an app, whose answer changes from one look to the next', () => {
  let servers: readonly Server[] = [];
  let called: string[] = [];
  let port = 0;
  let http: AppHttp;

  const serve = (address: string, at: number): Promise<Server> => {
    const server = createServer((_, response) => {
      called.push(address);
      response.writeHead(200, { connection: 'close' }).end('{}');
    });
    return new Promise((done) => server.listen(at, address, () => done(server)));
  };
  const post = () => http.post(`http://apps.test:${port}/`, {}, '{}', AbortSignal.timeout(10_000));
  const answering = (...answers: readonly (readonly string[])[]): void => {
    dns.answers = answers.map((addresses) => addresses.map((address) => ({ address, family: 4 })));
    dns.asked = 0;
  };

  beforeEach(async () => {
    const open = await serve(PUBLIC, 0);
    port = (open.address() as AddressInfo).port;
    servers = [open, await serve(PRIVATE, port)];
    called = [];
    http = new AppHttp(ADDRESSES, NO_TRACING);
  });
  afterEach(async () => {
    await http.onApplicationShutdown();
    for (const server of servers) server.close().closeAllConnections();
  });

  it('connects to the address that was checked, and resolves it only once', async () => {
    answering([PUBLIC], [PRIVATE]);
    expect(await post()).toBe('{}');
    expect(called).toEqual([PUBLIC]);
    expect(dns.asked).toBe(1);
  });

  it('is looked at anew with the next connection, which is refused then [P-52]', async () => {
    answering([PUBLIC], [PRIVATE]);
    await post();
    await expect(post()).rejects.toThrow('private-address');
    expect(called).toEqual([PUBLIC]);
    expect(dns.asked).toBe(2);
  });

  it('is refused when only one of several addresses is private, wherever it stands [P-52]', async () => {
    for (const both of [
      [PUBLIC, PRIVATE],
      [PRIVATE, PUBLIC],
    ]) {
      answering(both);
      await expect(post()).rejects.toThrow('private-address');
    }
    expect(called).toEqual([]);
  });
});
