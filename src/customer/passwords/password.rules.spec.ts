import { describe, expect, it, vi } from 'vitest';
import { commonPasswords } from './common-passwords.js';
import { opaquePassword, passwordProblem, passwordSpellings } from './password.rules.js';

const common = await commonPasswords();
const problemOf = (password: string) => passwordProblem(password, 'anna@acme.test', common);

describe('A password', () => {
  it('may have 8 to 128 characters of any kind [P-60]', () => {
    for (const password of [
      'eightish',
      'x'.repeat(128),
      'mit Leerzeichen ',
      '密码密码密码密码',
      '🦊'.repeat(128),
    ]) {
      expect(problemOf(password), password).toBeUndefined();
    }
  });

  it('is refused if it is shorter or longer, counted in characters', () => {
    expect(problemOf('seven77')).toBe('must have at least 8 characters');
    expect(problemOf('🦊'.repeat(7))).toBe('must have at least 8 characters');
    expect(problemOf('x'.repeat(129))).toBe('must have at most 128 characters');
    expect(problemOf('x'.repeat(1_000_000))).toBe('must have at most 128 characters');
  });

  it('is counted in the form that is stored, however its accents were sent [F-28, P-60]', () => {
    expect(problemOf('u\u0308'.repeat(7))).toBe('must have at least 8 characters');
    expect(problemOf('u\u0308'.repeat(128))).toBeUndefined();
  });

  it('is refused if it is a popular guess, in any case [P-60]', () => {
    for (const password of ['password', '12345678', 'qwertyuiop', 'Password123', 'ILOVEYOU', 'P@ssw0rd123']) {
      expect(problemOf(password), password).toContain('most common');
    }
  });

  it('is checked against tens of thousands of leaked ones, and against repeats and sequences [X-21, P-60]', () => {
    expect(common.size).toBeGreaterThan(40_000);
    const some = [
      'Blink182',
      'mercedes',
      'BUTTERFLY',
      'redsox04',
      'p@ssw0rd',
      'gandalf1',
      '00000000',
      '87654321',
    ];
    for (const password of some) expect(problemOf(password), password).toContain('most common');
  });

  it('is compared in the form that is stored: a composed entry of the list also matches a decomposed password [X-21, F-28]', () => {
    const listed = new Set(['frühstück']);
    expect(passwordProblem('FRU\u0308HSTU\u0308CK', 'anna@acme.test', listed)).toContain('most common');
  });

  it('is not even looked at when it is typed in more than 1024 units', () => {
    const normalised = vi.spyOn(String.prototype, 'normalize');
    expect(problemOf('x'.repeat(1025))).toBe('must have at most 128 characters');
    expect(normalised).not.toHaveBeenCalled();
    expect(problemOf('x'.repeat(1024))).toBe('must have at most 128 characters');
    expect(normalised).toHaveBeenCalled();
    normalised.mockRestore();
  });

  it('is refused if it is the e-mail address', () => {
    expect(problemOf('anna@acme.test')).toContain('e-mail');
    expect(problemOf(' Anna@ACME.test')).toContain('e-mail');
    expect(problemOf('ben@acme.test')).toBeUndefined();
  });

  it('is one string however a keyboard sends it: capitals count, the kind of space does not [F-28]', () => {
    expect(opaquePassword('Gru\u0308n und\u00a0Blau')).toBe('Gr\u00fcn und Blau');
    expect(opaquePassword('\uff21')).toBe('\uff21');
  });

  it('is compared in today’s form, then as it was typed, for older hashes [F-28]', () => {
    expect(passwordSpellings('plain old ascii')).toEqual(['plain old ascii']);
    expect(passwordSpellings('gru\u0308n')).toEqual(['gr\u00fcn', 'gru\u0308n']);
  });
});
