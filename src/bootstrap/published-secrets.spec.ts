import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT_OPERATOR_SECRET, readConfig, WrongConfiguration } from '../config/config.schema.js';
import { type Bootstrap, bootstrapSchema } from './bootstrap.schema.js';
import { refusePublishedSecrets } from './published-secrets.js';

const OWN_SECRET = 'a secret of my own that is long enough';
const demo = bootstrapSchema.parse(JSON.parse(readFileSync('bootstrap/demo.json', 'utf8')));

/** The demo file, with every secret replaced. */
const mine: Bootstrap = bootstrapSchema.parse(
  JSON.parse(
    JSON.stringify(demo, (name, value) => (name === 'secret' || name === 'password' ? OWN_SECRET : value)),
  ),
);

function refusalOf(env: NodeJS.ProcessEnv, declared: Bootstrap | undefined): string {
  try {
    refusePublishedSecrets(readConfig(env), declared);
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.message;
    throw error;
  }
  return '';
}

describe('A start with secrets that anybody knows [X-05]', () => {
  it.each(['0.0.0.0', '::', '192.168.1.4', 'shop.example.com'])(
    'is refused on %s, and says what to do instead',
    (HOST) => {
      const refusal = refusalOf({ HOST }, demo);
      expect(refusal).toContain(`Others can reach HOST ${HOST}`);
      expect(refusal).toContain('acme-backend of acme');
      expect(refusal).toContain('anna@acme.test of acme');
      expect(refusal).toContain('KEYS_SECRET is not set');
      for (const remedy of [
        'Set KEYS_SECRET and BOOTSTRAP_FILE',
        'HOST=127.0.0.1',
        'EXPOSE_PUBLISHED_SECRETS=on',
      ]) {
        expect(refusal).toContain(remedy);
      }
    },
  );

  it('is refused for the demo data alone, and for the published KEYS_SECRET alone', () => {
    const file = refusalOf({ HOST: '0.0.0.0', KEYS_SECRET: OWN_SECRET }, demo);
    expect(file).toContain('acme-backend of acme');
    expect(file).not.toContain('the signing keys');
    const keys = refusalOf({ HOST: '0.0.0.0' }, mine);
    expect(keys).toContain('the signing keys');
    expect(keys).not.toContain('acme-backend');
  });

  it('is refused for a copy of the demo file that has one published secret left', () => {
    const [acme, ...others] = mine.tenants;
    const [anna] = demo.tenants[0]?.customers ?? [];
    if (!acme || !anna) throw new Error('The demo data has no Anna');
    const copy = { ...mine, demo: false, tenants: [{ ...acme, customers: [anna] }, ...others] };
    const refusal = refusalOf({ HOST: '0.0.0.0', KEYS_SECRET: OWN_SECRET }, copy);
    expect(refusal).toContain('anna@acme.test of acme');
    expect(refusal).not.toContain('acme-backend');
  });

  it('is refused in production on every address, and for a published secret in a list', () => {
    const production = { NODE_ENV: 'production', KEYS_SECRET: `${OWN_SECRET}, onesession development keys` };
    const refusal = refusalOf(production, { ...demo, demo: false });
    expect(refusal).toMatch(/^Production can not start/);
    expect(refusal).toContain('a secret of KEYS_SECRET');
    expect(refusal).toContain('globex-backend of globex');
    expect(refusal).not.toMatch(/HOST|EXPOSE/);
    expect(() => readConfig({ ...production, EXPOSE_PUBLISHED_SECRETS: 'on' })).toThrow("can't be on");
  });

  it('goes on where only this machine can reach it, and where the operator asks for it', () => {
    const admin = { ADMIN_PORT: '9000', ADMIN_HOST: '0.0.0.0' };
    expect(refusalOf(admin, demo)).toContain('Others can reach ADMIN_HOST 0.0.0.0');
    expect(refusalOf({ ADMIN_HOST: '0.0.0.0' }, demo)).toBe('');
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) expect(refusalOf({ HOST }, demo)).toBe('');
    expect(refusalOf({ HOST: '0.0.0.0', EXPOSE_PUBLISHED_SECRETS: 'on' }, demo)).toBe('');
  });

  it('is refused for the OPERATOR_SECRET of the documentation', () => {
    const own = { KEYS_SECRET: OWN_SECRET, HOST: '0.0.0.0' };
    const published = { ...own, OPERATOR_SECRET: DEVELOPMENT_OPERATOR_SECRET };
    expect(refusalOf(published, mine)).toContain('OPERATOR_SECRET');
    expect(refusalOf({ ...published, NODE_ENV: 'production' }, mine)).toContain('OPERATOR_SECRET');
    expect(refusalOf({ ...own, OPERATOR_SECRET: 'a secret of this operator alone' + OWN_SECRET }, mine)).toBe(
      '',
    );
    expect(refusalOf({ ...published, HOST: '127.0.0.1' }, mine)).toBe('');
  });

  it('does not concern secrets of the operator', () => {
    expect(refusalOf({ HOST: '0.0.0.0', KEYS_SECRET: OWN_SECRET }, mine)).toBe('');
    expect(refusalOf({ NODE_ENV: 'production', KEYS_SECRET: OWN_SECRET, HOST: '0.0.0.0' }, mine)).toBe('');
    expect(refusalOf({ NODE_ENV: 'production', KEYS_SECRET: OWN_SECRET }, undefined)).toBe('');
  });
});
