import { describe, expect, it } from 'vitest';
import { linkTo } from './handover-link.rules.js';

describe('A handover link', () => {
  const target = { issuer: 'https://sessions.example', tenant: 'acme' };

  it('leads to the page of this service, with the token in the fragment [P-20]', () => {
    expect(linkTo(target, 'a.b.c')).toBe('https://sessions.example/handover/acme#handover=a.b.c');
  });

  it('leads to the page of the storefront, if the tenant has one', () => {
    const pageUrl = 'https://shop.example/continue?from=phone';
    expect(linkTo({ ...target, pageUrl }, 'a.b.c')).toBe(`${pageUrl}#handover=a.b.c`);
  });
});
