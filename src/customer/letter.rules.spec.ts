import { describe, expect, it } from 'vitest';
import { letterFor } from './letter.rules.js';

const about = { to: 'anna@acme.test', token: 'c1.se-cr_et', site: 'b2b&x' };

describe('A letter', () => {
  it('has a link of the tenant’s, with the token and the site in it', () => {
    const letter = letterFor('password-reset', about, {
      from: 'shop@acme.test',
      passwordResetUrl: 'https://shop.test/{site}/reset?t={token}&again={token}',
    });
    expect(letter).toMatchObject({ to: 'anna@acme.test', from: 'shop@acme.test' });
    expect(letter.text).toContain('https://shop.test/b2b%26x/reset?t=c1.se-cr_et&again=c1.se-cr_et\n');
  });

  it('has the token alone where there is no link for its kind', () => {
    const letter = letterFor('opt-in', about, { passwordResetUrl: 'https://shop.test/?t={token}' });
    expect(letter.text).toContain('\n\nc1.se-cr_et\n\n');
    expect(letter).not.toHaveProperty('from');
  });

  it('says what it is for', () => {
    const subjects = (['opt-in', 'password-reset', 'email-change'] as const).map(
      (kind) => letterFor(kind, about, {}).subject,
    );
    expect(new Set(subjects).size).toBe(3);
  });
});
