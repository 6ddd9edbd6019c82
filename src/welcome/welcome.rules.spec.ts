import { describe, expect, it } from 'vitest';
import { wantsPage } from './welcome.rules.js';

describe('A page is wanted', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Text/HTML; q=0.2',
    'application/json;q=0.1, text/html;q=0.2',
  ])('by who names it: %s', (accept) => expect(wantsPage(accept)).toBe(true));

  it.each([
    undefined,
    '',
    '*/*',
    'text/*',
    'application/json',
    'application/json, text/html;q=0.9',
    'text/html;q=0',
    'text/html;q=x',
  ])('by nobody who does not: %s', (accept) => expect(wantsPage(accept)).toBe(false));
});
