import { describe, expect, it } from 'vitest';
import { askedHost, askedHostname, ownOrigin } from './own-origin.rules.js';

const ISSUER = 'https://issuer.test';

describe('The address by which a request came', () => {
  it.each([
    ['shop.test', 'http://shop.test'],
    ['shop.test:8080', 'http://shop.test:8080'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['shop.test:80', 'http://shop.test'],
  ])('is that of a plain host: %s', (host, origin) => {
    expect(ownOrigin('http', host, ISSUER)).toBe(origin);
  });

  it.each(['', 'a b', 'shop.test/path', 'user@shop.test', '"><script>', '$(reboot)', 'shop.test:99999'])(
    'is the issuer’s where the host could mean something else: %j',
    (host) => {
      expect(ownOrigin('https', host, ISSUER)).toBe(ISSUER);
    },
  );
});

const asked = (host?: string) => ({
  headers: { ...(host !== undefined && { host }), 'x-forwarded-host': 'evil.test' },
});

describe('The host that a request asks for', () => {
  it('is that of the header Host, whatever a proxy passes on [X-40]', () => {
    expect(askedHost(asked('shop.test:8443'))).toBe('shop.test:8443');
    expect(askedHost(asked())).toBe('');
  });

  it.each([
    ['shop.test', 'shop.test'],
    ['shop.test:8443', 'shop.test'],
    ['[::1]:3000', '[::1]'],
    ['[::1]', '[::1]'],
    [undefined, ''],
  ])('%j has the name %j', (host, name) => {
    expect(askedHostname(asked(host))).toBe(name);
  });
});
