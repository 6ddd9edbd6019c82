import { describe, expect, it } from 'vitest';
import { isLoopback } from './loopback.js';

describe('Only this machine can reach', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.1',
    '127.1',
    '0x7f.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    'localhost',
    'LOCALHOST',
  ])('%s', (host) => expect(isLoopback(host)).toBe(true));

  it.each([
    '0.0.0.0',
    '0',
    '::',
    '::0',
    '10.0.0.1',
    '::ffff:0.0.0.0',
    'fe80::1',
    'shop.example.com',
    'localhost.example.com',
    '127.0.0.1.example.com',
  ])('not %s', (host) => expect(isLoopback(host)).toBe(false));
});
