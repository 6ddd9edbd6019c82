import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { TargetAddresses } from './target-addresses.js';

const addresses = new TargetAddresses(readConfig({}));
const anywhere = new TargetAddresses(readConfig({ SESSION_APPS_PRIVATE_ADDRESSES: 'allow' }));

const PRIVATE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  // IPv4-compatible, a dummy prefix, and what nobody has assigned: IANA assigns public addresses from 2000::/3 alone.
  '::127.0.0.1',
  '::7f00:1',
  '::a9fe:a9fe',
  '100:0:0:1::1',
  '4000::1',
];

describe('The addresses of session apps and webhooks', () => {
  it.each(PRIVATE)('are not %s, unless the operator allows it [P-52, X-27]', (address) => {
    expect(addresses.isAllowed(address)).toBe(false);
    expect(anywhere.isAllowed(address)).toBe(true);
  });

  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('are public, such as %s', (address) => {
    expect(addresses.isAllowed(address)).toBe(true);
  });

  it('are addresses: a name is none', () => {
    for (const name of ['localhost', '', 'a.test']) expect(anywhere.isAllowed(name)).toBe(false);
  });

  it.each([
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]:80/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
  ])('are told at once when the URL has the number: %s', (url) => {
    expect(() => addresses.expectAllowed('url', url)).toThrow(InvalidInput);
    expect(() => anywhere.expectAllowed('url', url)).not.toThrow();
  });

  it('are found out later when the URL has a name', () => {
    expect(() => addresses.expectAllowed('url', 'http://localhost/')).not.toThrow();
  });
});
