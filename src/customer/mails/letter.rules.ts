import type { Letter, MailKind, NoticeKind, TokenMailKind } from '../../mail/mail.types.js';
import type { MailSettings } from '../../tenant/tenant.types.js';

type PageOfToken = 'optInUrl' | 'passwordResetUrl' | 'emailChangeUrl' | 'emailChangeUndoUrl';

interface TokenText {
  readonly subject: string;
  /** What happened, if the recipient did not ask for this mail. */
  readonly news?: string;
  readonly page: PageOfToken;
  /** Follows "Open this link" or "Use this code". */
  readonly purpose: string;
  readonly validity: string;
}

const TOKEN_TEXTS: Readonly<Record<TokenMailKind, TokenText>> = {
  'opt-in': {
    subject: 'Activate your account',
    page: 'optInUrl',
    purpose: 'to activate your account',
    validity: 'It is valid for 24 hours. If you did not sign up, ignore this mail.',
  },
  'password-reset': {
    subject: 'Set a new password',
    page: 'passwordResetUrl',
    purpose: 'to set a new password',
    validity: 'It is valid for one hour. If you did not ask for it, ignore this mail.',
  },
  'email-change': {
    subject: 'Confirm your new e-mail address',
    page: 'emailChangeUrl',
    purpose: 'to log in with this e-mail address from now on',
    validity: 'It is valid for 24 hours. If you did not ask for it, ignore this mail.',
  },
  'email-changed': {
    subject: 'Your e-mail address was changed',
    news:
      'Your account now logs in with another e-mail address, and no longer with this one. If that was you, ignore this ' +
      'mail.',
    page: 'emailChangeUndoUrl',
    purpose: 'if it was not you, to log in with this e-mail address again',
    validity:
      'It is valid for 7 days. It ends all sessions of the account; you then get a mail to set a new password.',
  },
};

interface NoticeText {
  readonly subject: string;
  readonly news: string;
  /** When the reader should ask for a new password. */
  readonly askWhen: string;
}

const NOTICE_TEXTS: Readonly<Record<NoticeKind, NoticeText>> = {
  'password-changed': {
    subject: 'Your password was changed',
    news: 'The password of your account was changed, and all other sessions were ended.',
    askWhen: 'If it was not you, ask for a new password at once',
  },
  'password-removed': {
    subject: 'Your password was removed',
    news:
      'You have shown for the first time that this e-mail address is yours, by logging in through an identity provider. ' +
      'The password of the account was set before that, perhaps by somebody else, so it was removed.',
    askWhen: 'To log in with a password as well, ask for a new one',
  },
  'email-change-undone': {
    subject: 'The change of your e-mail address was undone',
    news:
      'An account no longer logs in with this e-mail address: the owner of its previous address took it back, and all ' +
      'sessions were ended.',
    askWhen: 'If both addresses are yours, ask for a new password with the previous one',
  },
  'password-expires': {
    subject: 'Log in once to keep your password',
    news:
      'Our shop has moved to a new system. Your password moves along when you log in for the first time, and expires soon ' +
      'if you do not.',
    askWhen: 'If you no longer know your password, ask for a new one',
  },
  'password-expired': {
    subject: 'Your old password has expired',
    news: 'Our shop has moved to a new system, and your old password has expired.',
    askWhen: 'To log in again, ask for a new password',
  },
  'already-registered': {
    subject: 'You already have an account',
    news: 'Somebody tried to sign up with your e-mail address. You already have an account, and nothing was changed.',
    askWhen: 'If it was you and you no longer know your password, ask for a new one',
  },
};

/** What differs between two mails of a kind. */
export interface LetterParts {
  readonly to: string;
  readonly token: string;
  /** Code of the site that the request named. */
  readonly site?: string | undefined;
}

export function tokenLetter(
  kind: TokenMailKind,
  { to, token, site = '' }: LetterParts,
  settings: MailSettings,
): Letter {
  const { subject, news, page, purpose, validity } = TOKEN_TEXTS[kind];
  const link = settings[page]
    ?.replaceAll('{token}', () => encodeURIComponent(token))
    .replaceAll('{site}', () => encodeURIComponent(site));
  const how =
    link === undefined ? `Use this code ${purpose}:\n\n${token}` : `Open this link ${purpose}:\n\n${link}`;
  return letter(to, subject, [...(news === undefined ? [] : [news]), how, validity], settings);
}

/**
 * A notice contains no token, because it may lie in a mailbox for years. The remedy is a new password, which its reader
 * can ask for at any time.
 */
export function noticeLetter(kind: NoticeKind, to: string, settings: MailSettings): Letter {
  const { subject, news, askWhen } = NOTICE_TEXTS[kind];
  const page = settings.passwordForgottenUrl;
  const ask = page === undefined ? `${askWhen}, where you log in.` : `${askWhen}:\n\n${page}`;
  return letter(to, subject, [news, ask], settings);
}

const letter = (
  to: string,
  subject: string,
  paragraphs: readonly string[],
  { from }: MailSettings,
): Letter => ({
  to,
  ...(from !== undefined && { from }),
  subject,
  text: `${['Hello,', ...paragraphs].join('\n\n')}\n`,
});

export const isNotice = (kind: MailKind): kind is NoticeKind => kind in NOTICE_TEXTS;
