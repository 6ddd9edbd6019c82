import { describe, expect, it } from 'vitest';
import { isTenantName } from './tenant.js';

describe('A tenant name', () => {
  it.each(['acme', 'a12', 'abc', 'a234567890123456'.slice(0, 16)])('may be %s [W-41]', (name) => {
    expect(isTenantName(name)).toBe(true);
  });

  it.each([
    ['too short', 'ab'],
    ['too long', 'a2345678901234567'],
    ['beginning with a digit', '1acme'],
    ['in upper case', 'Acme'],
    ['with a hyphen', 'ac-me'],
    ['with a dot', 'ac.me'],
    ['with a line break behind it', 'acme\n'],
    ['with a letter of another script', 'асme'],
    ['a path', '../acme'],
    ['empty', ''],
    ['no text', 12345],
    ['a list', ['acme']],
    ['missing', undefined],
  ])('may not be %s [W-41]', (_, name) => {
    expect(isTenantName(name)).toBe(false);
  });
});
