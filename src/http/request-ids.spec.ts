import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requestIds } from './request-ids.js';
import { TrustedProxies } from './trusted-proxies.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('The id of a request', () => {
  const idOf = requestIds(new TrustedProxies(['10.0.0.0/8']));
  const from = (address: string, headers: Record<string, string>): IncomingMessage => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: address });
    return Object.assign(new IncomingMessage(socket), { headers });
  };

  it('is taken over from a trusted proxy', () => {
    expect(idOf(from('10.1.2.3', { 'x-request-id': 'edge-0001', traceparent: TRACEPARENT }))).toBe(
      'edge-0001',
    );
  });

  it('is that of its trace, if the trusted proxy names only that', () => {
    expect(idOf(from('10.1.2.3', { traceparent: TRACEPARENT }))).toBe(TRACE);
  });

  it.each([
    ['comes from nobody trusted', '192.0.2.1', { 'x-request-id': 'edge-0001', traceparent: TRACEPARENT }],
    ['would break a line of the log', '10.1.2.3', { 'x-request-id': 'edge-0001 "},{' }],
    ['is endless', '10.1.2.3', { 'x-request-id': 'a'.repeat(129) }],
    ['has a trace of zeros', '10.1.2.3', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
    ['has no name', '10.1.2.3', {}],
  ])('is a new one when it %s', (_why, address, headers) => {
    expect(idOf(from(address, headers as Record<string, string>))).toMatch(UUID);
  });
});
