import { describe, expect, it } from 'vitest';
import { NOTICES, TOKEN_MAILS } from '../../mail/mail.types.js';
import { isNotice, noticeLetter, tokenLetter } from './letter.rules.js';

const about = { to: 'anna@acme.test', token: 'c1.se-cr_et', site: 'b2b&x' };

describe('A letter', () => {
  it('has a link of the tenant’s, which contains the token and the site', () => {
    const letter = tokenLetter('password-reset', about, {
      from: 'shop@acme.test',
      passwordResetUrl: 'https://shop.test/{site}/reset?t={token}&again={token}',
    });
    expect(letter).toMatchObject({ to: 'anna@acme.test', from: 'shop@acme.test' });
    expect(letter.text).toContain('https://shop.test/b2b%26x/reset?t=c1.se-cr_et&again=c1.se-cr_et\n');
  });

  it('has just the token if there is no link for its kind', () => {
    const letter = tokenLetter('opt-in', about, { passwordResetUrl: 'https://shop.test/?t={token}' });
    expect(letter.text).toContain('\n\nc1.se-cr_et\n\n');
    expect(letter).not.toHaveProperty('from');
  });

  it('says what it is for', () => {
    const letters = [
      ...TOKEN_MAILS.map((kind) => tokenLetter(kind, about, {})),
      ...NOTICES.map((kind) => noticeLetter(kind, about.to, {})),
    ];
    expect(new Set(letters.map(({ subject }) => subject)).size).toBe(letters.length);
  });

  it('that is only a notice has no token, and says where to ask for a new password [X-03]', () => {
    const passwordForgottenUrl = 'https://shop.test/forgotten';
    for (const kind of NOTICES) {
      expect(isNotice(kind)).toBe(true);
      const { text } = noticeLetter(kind, about.to, { passwordForgottenUrl });
      expect(text).toMatch(/ask for a new .*:\n\nhttps:\/\/shop\.test\/forgotten\n$/);
      expect(noticeLetter(kind, about.to, {}).text).toMatch(/ask for a new .*, where you log in\.\n$/);
    }
    for (const kind of TOKEN_MAILS) expect(isNotice(kind)).toBe(false);
  });
});
