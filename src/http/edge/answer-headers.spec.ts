import { describe, expect, it } from 'vitest';
import { answerHeaders } from './answer-headers.js';

describe('The headers of answers', () => {
  const { open, cookies, page } = answerHeaders('http://127.0.0.1:3000');

  it('are frozen: each request gets the same ones', () => {
    expect([open, cookies, page].every((set) => Object.isFrozen(set))).toBe(true);
  });

  it('keep browsers from displaying an answer of the API [P-64]', () => {
    expect(cookies).toEqual({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('let every page read what needs a token, and none what needs a cookie [P-61]', () => {
    expect(open['access-control-allow-origin']).toBe('*');
    expect(open).not.toHaveProperty('access-control-allow-credentials');
    expect(Object.keys(cookies).join()).not.toContain('access-control');
  });

  it('let a page have nothing inline [X-16]', () => {
    expect(page['content-security-policy']).toMatch(
      /^default-src 'none';script-src 'self';style-src 'self';/,
    );
    expect(page['content-security-policy']).not.toMatch(/unsafe|\*/);
  });

  it('ask for TLS where the service is published by it [P-67]', () => {
    for (const set of Object.values(answerHeaders('https://api.shop.test'))) {
      expect(set['strict-transport-security']).toBe('max-age=31536000');
    }
    expect(open).not.toHaveProperty('strict-transport-security');
  });
});
