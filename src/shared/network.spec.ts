import { describe, expect, it } from 'vitest';
import { networkOf, shortenedNetwork } from './network.js';

describe('An address', () => {
  it.each(['203.0.113.7', '127.0.0.1'])('counts by itself if it is IPv4: %s', (address) => {
    expect(networkOf(address)).toBe(address);
  });

  it('counts as IPv4 on a socket that accepts both', () => {
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('::FFFF:203.0.113.7')).toBe('203.0.113.7');
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::ffff', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001::2:3:4:5:6:7', '2001:0:2:3'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('counts by its /64 if it is IPv6: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8:1:2::3]:4711', '2001:db8:1:2'],
    ['[2001:db8:1:2::3]', '2001:db8:1:2'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
  ])(
    'counts without the port that some proxies add, which is another for each connection: %s [X-30]',
    (address, network) => {
      expect(networkOf(address)).toBe(network);
    },
  );

  it.each([
    '',
    'unknown',
    '203.0.113.7:',
    '203.0.113.7:x',
    '[203.0.113.7',
    '1:2:3',
    '1::2::3',
    ':'.repeat(5000),
    '::ffff:1.2.3',
  ])('counts as it is if it is malformed', (address) => {
    expect(networkOf(address)).toBe(address);
  });
});

describe('A shortened network', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::1', '::/48'],
    ['203.0.113.7:4711', '203.0.113.0/24'],
    ['[2001:db8:1:2::3]:4711', '2001:db8:1::/48'],
  ])('hides which machine it was: %s', (address, network) => {
    expect(shortenedNetwork(address)).toBe(network);
  });

  it.each(['', 'unknown', '203.0.113.7:', 'eyJhbGciOiJFUzI1NiJ9.e30.x'])(
    'is unknown for what is no address: %s',
    (address) => {
      expect(shortenedNetwork(address)).toBeUndefined();
    },
  );
});
