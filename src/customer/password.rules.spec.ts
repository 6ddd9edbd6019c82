import { describe, expect, it } from 'vitest';
import { passwordProblem } from './password.rules.js';

const problemOf = (password: string) => passwordProblem(password, 'anna@acme.test');

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

  it('is refused when it is shorter or longer, counted in characters', () => {
    expect(problemOf('seven77')).toBe('must have at least 8 characters');
    expect(problemOf('🦊'.repeat(7))).toBe('must have at least 8 characters');
    expect(problemOf('x'.repeat(129))).toBe('must have at most 128 characters');
  });

  it('is refused when every guesser tries it, in whatever case [P-60]', () => {
    for (const password of ['password', '12345678', 'qwertyuiop', 'Password123', 'ILOVEYOU', 'P@ssw0rd123']) {
      expect(problemOf(password), password).toContain('most common');
    }
  });

  it('is refused when it is the e-mail', () => {
    expect(problemOf('anna@acme.test')).toContain('e-mail');
    expect(problemOf(' Anna@ACME.test')).toContain('e-mail');
    expect(problemOf('ben@acme.test')).toBeUndefined();
  });
});
