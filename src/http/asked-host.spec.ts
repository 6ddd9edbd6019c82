import { describe, expect, it } from 'vitest';
import { askedHost, askedHostname } from './own-origin.rules.js';

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
