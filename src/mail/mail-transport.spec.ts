import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { MailTransport } from './mail-transport.js';

const modeIn = (env: NodeJS.ProcessEnv) => new MailTransport(readConfig(env)).mode;
const production = { NODE_ENV: 'production', KEYS_SECRET: 'a secret of the tests only' };
const SMTP_URL = 'smtp://user:password@127.0.0.1:2525';

describe('Mails', () => {
  it('are sent wherever there is an SMTP server', () => {
    expect(modeIn({ SMTP_URL })).toBe('send');
    expect(modeIn({ ...production, SMTP_URL })).toBe('send');
  });

  it('are kept to be read in development, and never in production: there they wait', () => {
    expect(modeIn({})).toBe('keep');
    expect(modeIn(production)).toBe('wait');
  });

  it('are sent nowhere else: another kind of address is refused at start', () => {
    expect(() => modeIn({ SMTP_URL: 'https://mail.example.com' })).toThrow(/SMTP_URL/);
  });
});
