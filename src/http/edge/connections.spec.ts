import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { TrustedProxies } from '../trusted-proxies.js';
import { Connections } from './connections.js';

const PROXY = '10.0.0.1';

const socketFrom = (address: string): Socket =>
  Object.defineProperty(new Socket(), 'remoteAddress', { value: address });

const holding = (inAll: number, perAddress: number) => {
  const limits = { MAX_CONNECTIONS: inAll, MAX_CONNECTIONS_PER_ADDRESS: perAddress };
  const connections = new Connections(limits, new TrustedProxies([PROXY]));
  return {
    connections,
    accept: (from: string): Socket => {
      const socket = socketFrom(from);
      connections.accept(socket);
      return socket;
    },
  };
};

describe('A connection', () => {
  it('that was never answered makes room before one that was, however old', () => {
    const { connections, accept } = holding(2, 2);
    const served = accept('192.0.2.1');
    connections.isWorked(served);
    connections.isAnswered(served);
    const silent = accept('192.0.2.1');
    accept('192.0.2.1');
    expect([served.destroyed, silent.destroyed]).toEqual([false, true]);
  });

  it('of the same address makes room before any other', () => {
    const { accept } = holding(3, 3);
    const [other, own] = [accept('192.0.2.1'), accept('192.0.2.2')];
    accept('192.0.2.3');
    accept('192.0.2.2');
    expect([other.destroyed, own.destroyed]).toEqual([false, true]);
  });

  it('of another address makes room where all are too many', () => {
    const { accept } = holding(2, 2);
    const oldest = accept('192.0.2.1');
    accept('192.0.2.2');
    expect(accept('192.0.2.3').destroyed).toBe(false);
    expect(oldest.destroyed).toBe(true);
  });

  it('is not closed for another address if its own address has too many', () => {
    const { accept } = holding(10, 1);
    const other = accept('192.0.2.1');
    const first = accept('192.0.2.2');
    accept('192.0.2.2');
    expect([other.destroyed, first.destroyed]).toEqual([false, true]);
  });

  it('never makes room while a request is under way: then the newcomer has to go', () => {
    const { connections, accept } = holding(2, 2);
    const busy = [accept('192.0.2.1'), accept('192.0.2.1')];
    for (const socket of busy) connections.isWorked(socket);
    expect(accept('192.0.2.1').destroyed).toBe(true);
    expect(busy.map(({ destroyed }) => destroyed)).toEqual([false, false]);
    for (const socket of busy) connections.isAnswered(socket);
    expect(accept('192.0.2.1').destroyed).toBe(false);
  });

  it('counts no more once it is closed', async () => {
    const { accept } = holding(1, 1);
    const first = accept('192.0.2.1');
    await new Promise((resolve) => first.once('close', resolve).destroy());
    expect(accept('192.0.2.1').destroyed).toBe(false);
  });

  it('counts with its IPv6 network, and a trusted proxy with nobody', () => {
    const { accept } = holding(10, 1);
    const [one, two] = [accept('2001:db8::1'), accept('2001:db8::2')];
    expect([one.destroyed, two.destroyed]).toEqual([true, false]);
    const proxied = [accept(PROXY), accept(PROXY), accept(`::ffff:${PROXY}`)];
    expect(proxied.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  });
});
