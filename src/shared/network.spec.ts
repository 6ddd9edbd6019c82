import { describe, expect, it } from 'vitest';
import { networkOf } from './network.js';

describe('An address', () => {
  it.each(['203.0.113.7', '127.0.0.1'])('of IPv4 counts by itself: %s', (address) => {
    expect(networkOf(address)).toBe(address);
  });

  it('of IPv4 is the same on a socket that takes both', () => {
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
  ])('of IPv6 counts by its /64: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each(['', 'unknown', '203.0.113.7:4711', '1:2:3', '1::2::3', ':'.repeat(5000), '::ffff:1.2.3'])(
    'that is none counts as it stands',
    (address) => {
      expect(networkOf(address)).toBe(address);
    },
  );
});
