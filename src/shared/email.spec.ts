import { describe, expect, it } from 'vitest';
import { emailSpellings, loginEmail, readableEmail } from './email.js';

describe('An e-mail address that somebody logs in with', () => {
  it.each([
    ['spaces and capitals', ' Anna@ACME.test ', 'anna@acme.test'],
    ['a letter and its accent apart', 'A\u0308nne@acme.test', '\u00e4nne@acme.test'],
    ['a domain in its own script', 'anna@B\u00dcCHER.example', 'anna@xn--bcher-kva.example'],
    ['a domain whose accents stand apart', 'anna@bu\u0308cher.example', 'anna@xn--bcher-kva.example'],
    ['a domain as the DNS has it', 'anna@XN--BCHER-KVA.example', 'anna@xn--bcher-kva.example'],
    ['full-width letters in the domain', 'anna@\uff21\uff23\uff2d\uff25.test', 'anna@acme.test'],
    ['a sign that is canonically a letter', '\u212aarl@acme.test', 'karl@acme.test'],
    ['an at sign in its local part', '"a@b"@acme.test', '"a@b"@acme.test'],
  ])('has one spelling, typed with %s [F-28]', (_what, typed, spelling) => {
    expect(loginEmail(typed)).toBe(spelling);
    expect(loginEmail(spelling)).toBe(spelling);
  });

  it('is not that of another mailbox: \u00df is not ss [F-28]', () => {
    expect(loginEmail('stra\u00dfe@acme.test')).not.toBe(loginEmail('strasse@acme.test'));
    expect(loginEmail('anna@fa\u00df.example')).not.toBe(loginEmail('anna@fass.example'));
  });

  it.each([
    '',
    '@',
    'no e-mail at all',
    'anna@',
    'anna@\u00fc..\u00fc',
    `\u00fc@${'\u00fc'.repeat(10_000)}.test`,
  ])('may be anything before it is validated: %j', (typed) => {
    expect(typeof loginEmail(typed)).toBe('string');
    expect(emailSpellings(typed)[0]).toBe(loginEmail(typed));
  });

  it('is looked up in one spelling if it has only one', () => {
    expect(emailSpellings(' Anna@ACME.test ')).toEqual(['anna@acme.test']);
  });

  it('is also looked up as it was stored before addresses were normalized [F-28]', () => {
    const stored = [
      'anna@b\u00fccher.example',
      'A\u0308nne@acme.test'.toLowerCase(),
      'anna@bu\u0308cher.example',
    ];
    const typed = ['anna@xn--bcher-kva.example', '\u00c4nne@acme.test', 'Anna@B\u00fccher.example'];
    stored.forEach((spelling, i) => expect(emailSpellings(typed[i] ?? '')).toContain(spelling));
  });

  it('is shown to people with its domain in their letters [F-28]', () => {
    expect(readableEmail('zoë@xn--bcher-kva.example')).toBe('zoë@bücher.example');
    for (const email of ['anna@acme.test', 'xn--bcher-kva@acme.test', 'nobody', 'a@xn--\u0000'])
      expect(readableEmail(email)).toBe(email);
  });
});
