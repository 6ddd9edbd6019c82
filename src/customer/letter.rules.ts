import type { Letter, MailKind } from '../mail/mail.types.js';
import type { MailSettings } from '../tenant/tenant.types.js';

const TEXTS: Readonly<
  Record<MailKind, { readonly subject: string; readonly about: string; readonly until: string }>
> = {
  'opt-in': {
    subject: 'Activate your account',
    about: 'to activate your account',
    until: 'It is good for 24 hours. If you did not sign up, you need not do anything.',
  },
  'password-reset': {
    subject: 'Set a new password',
    about: 'to set a new password',
    until: 'It is good for one hour. If you did not ask for it, you need not do anything.',
  },
  'email-change': {
    subject: 'Confirm your new e-mail address',
    about: 'to log in with this e-mail address from now on',
    until: 'It is good for 24 hours. If you did not ask for it, you need not do anything.',
  },
};

const URL_OF = {
  'opt-in': 'optInUrl',
  'password-reset': 'passwordResetUrl',
  'email-change': 'emailChangeUrl',
} as const satisfies Record<MailKind, keyof MailSettings>;

/** @param site code of the site that was asked from, as a caller named it */
export function letterFor(
  kind: MailKind,
  {
    to,
    token,
    site = '',
  }: { readonly to: string; readonly token: string; readonly site?: string | undefined },
  settings: MailSettings,
): Letter {
  const { subject, about, until } = TEXTS[kind];
  const link = settings[URL_OF[kind]]
    ?.replaceAll('{token}', () => encodeURIComponent(token))
    .replaceAll('{site}', () => encodeURIComponent(site));
  const how =
    link === undefined ? `Use this code ${about}:\n\n${token}` : `Open this link ${about}:\n\n${link}`;
  const text = `Hello,\n\n${how}\n\n${until}\n`;
  return { to, ...(settings.from !== undefined && { from: settings.from }), subject, text };
}
