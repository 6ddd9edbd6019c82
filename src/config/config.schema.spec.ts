import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema, readConfig, WrongConfiguration } from './config.schema.js';

const PRODUCTION = { NODE_ENV: 'production', KEYS_SECRET: 'sixteen characters or more' };

function refusalOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.message;
    throw error;
  }
  return '';
}

/** Returns the maximum that docs/configuration.md shows for a setting. */
function maximumOf(name: string): number {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const setting = properties[name];
  return typeof setting === 'object' ? (setting.maximum ?? Number.NaN) : Number.NaN;
}

describe('The configuration', () => {
  it('needs no variable outside production', () => {
    expect(readConfig({})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      BOOTSTRAP_FILE: 'bootstrap/demo.json',
      ISSUER: 'http://127.0.0.1:3000',
      RATE_LIMITS: 'on',
    });
  });

  it('has the times that Emporix documents [E-01, W-01, W-06, W-14]', () => {
    const config = readConfig({});
    expect(config.ANONYMOUS_LIFETIME_SECONDS).toBe(3600);
    expect(config.ANONYMOUS_LIFETIME_SECONDS + config.ANONYMOUS_DORMANT_SECONDS).toBe(86_400);
    expect(config.SERVICE_TOKEN_SECONDS).toBe(14_400);
    expect(config.CUSTOMER_TOKEN_SECONDS).toBe(2_592_000);
    expect(config.CUSTOMER_REFRESH_SECONDS).toBe(86_400);
  });

  it('shows metrics and documentation only where nobody else can reach them, or on request [X-19]', () => {
    expect(readConfig({})).toMatchObject({ PUBLIC_METRICS: 'on', PUBLIC_DOCS: 'on' });
    const closed = { PUBLIC_METRICS: 'off', PUBLIC_DOCS: 'off' };
    expect(readConfig({ ADMIN_PORT: '9000' })).toMatchObject({ ...closed, ADMIN_HOST: '127.0.0.1' });
    expect(readConfig(PRODUCTION)).toMatchObject(closed);
    expect(readConfig({ ...PRODUCTION, PUBLIC_DOCS: 'on' })).toMatchObject({ ...closed, PUBLIC_DOCS: 'on' });
  });

  it('reads numbers, and derives the issuer from host and port', () => {
    const config = readConfig({ PORT: '8080', HOST: '0.0.0.0', SWEEP_SECONDS: '5' });
    expect(config).toMatchObject({ PORT: 8080, SWEEP_SECONDS: 5, ISSUER: 'http://0.0.0.0:8080' });
    expect(readConfig({ ISSUER: 'https://shop.test/api' }).ISSUER).toBe('https://shop.test/api');
  });

  it('treats an empty variable as not set', () => {
    expect(readConfig({ PORT: '', MONGODB_URI: '', BOOTSTRAP_FILE: '', NODE_ENV: '' })).toEqual(
      readConfig({}),
    );
  });

  it("ignores unknown variables and can't be changed", () => {
    const config = readConfig({ PATH: '/bin', npm_config_x: 'y' });
    expect('PATH' in config).toBe(false);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('says which setting is missing because its name is misspelled', () => {
    expect(refusalOf({ NODE_ENV: 'production', KEY_SECRET: 'of this test' })).toContain(
      'KEY_SECRET is no setting, and has no effect. Did you mean KEYS_SECRET?',
    );
  });

  it('names what is wrong beside other settings together with what is wrong by itself', () => {
    const refusal = refusalOf({ NODE_ENV: 'production', PORT: 'x', WORKERS: '2', RATE_LIMITS: 'off' });
    for (const name of ['PORT', 'WORKERS', 'KEYS_SECRET', 'RATE_LIMITS'])
      expect(refusal).toContain(`- ${name}: `);
    expect(refusalOf({ WORKERS: 'many' })).not.toContain('needs MONGODB_URI');
  });

  it('refuses one port for two servers, which would find it taken by themselves', () => {
    const twice = { PORT: '8080', ADMIN_PORT: '8080' };
    for (const env of [twice, { ...twice, HOST: '0.0.0.0' }, { ...twice, ADMIN_HOST: '::' }])
      expect(refusalOf(env)).toContain('- ADMIN_PORT: must be another port than PORT');
    expect(readConfig({ ...twice, HOST: '10.0.0.5' })).toMatchObject({ PORT: 8080, ADMIN_PORT: 8080 });
    expect(readConfig({ PORT: '0', ADMIN_PORT: '0' })).toMatchObject({ PORT: 0, ADMIN_PORT: 0 });
  });

  it('says what a sender of mails must be', () => {
    expect(refusalOf({ MAIL_FROM: 'Shop <shop@example.com>' })).toContain(
      '- MAIL_FROM: must be an e-mail address alone',
    );
  });

  it('names every wrong variable at once', () => {
    const refusal = refusalOf({
      PORT: '70000',
      NODE_ENV: 'prod',
      MONGODB_URI: 'http://db',
      KEYS_SECRET: 'short',
      OPERATOR_SECRET: 'thirty-one characters, one less',
      RATE_LIMITS: 'no',
      SWEEP_SECONDS: 'soon',
      BODY_LIMIT_BYTES: '99999999',
    });
    for (const name of [
      'PORT',
      'NODE_ENV',
      'MONGODB_URI',
      'KEYS_SECRET',
      'OPERATOR_SECRET',
      'RATE_LIMITS',
      'SWEEP_SECONDS',
      'BODY_LIMIT_BYTES',
    ]) {
      expect(refusal).toContain(name);
    }
    expect(refusal).toContain('must start with mongodb:// or mongodb+srv://');
    expect(refusal).not.toContain('HOST');
  });

  it.each(['-1', '1.5', '99999', '3000x', 'NaN', '1e9'])('refuses the port %s', (PORT) => {
    expect(refusalOf({ PORT })).toMatch(
      /^- PORT: must be (at most 65535|at least 0|a whole number from 0 to 65535)$/m,
    );
  });

  it('says in plain words what a setting may be', () => {
    const refusal = refusalOf({ RATE_LIMITS: 'no', WORKERS: 'many', BODY_LIMIT_BYTES: '1MB' });
    expect(refusal).toContain('- RATE_LIMITS: must be one of on, off');
    expect(refusal).toContain('- WORKERS: must be auto or a whole number from 1 to 64');
    expect(refusal).toMatch(/^- BODY_LIMIT_BYTES: must be a whole number from \d+ to \d+$/m);
    expect(refusal).not.toMatch(/Invalid|NaN|expected/);
  });

  it.each(['0', '-1', '0.5', '9999999999', 'forever'])('refuses a lifetime of %s seconds', (seconds) => {
    expect(refusalOf({ ANONYMOUS_LIFETIME_SECONDS: seconds })).toContain('ANONYMOUS_LIFETIME_SECONDS');
  });

  const SECONDS = Object.keys(configSchema.shape).filter((name) => name.endsWith('_SECONDS'));

  it.each(SECONDS)('refuses more of %s than its documented maximum, and names it [F-27]', (name) => {
    const maximum = maximumOf(name);
    expect(() => readConfig({ [name]: String(maximum) })).not.toThrow();
    const refusal = refusalOf({ [name]: String(maximum + 1) });
    expect(refusal).toContain(name);
    expect(refusal).toContain(String(maximum));
  });

  it('has no setting in seconds that a timer could not wait for, even together with the drain [F-27]', () => {
    const timed = ['SWEEP_SECONDS', 'SESSION_APP_REST_SECONDS', 'DRAIN_SECONDS', 'SHUTDOWN_GRACE_SECONDS'];
    for (const name of timed) expect(maximumOf(name) * 2 * 1000).toBeLessThan(2 ** 31);
  });

  it.each(SECONDS)('allows no %s that could not be added to any time of this century [F-27]', (name) => {
    const last = Date.parse('2099-12-31T00:00:00Z') + 2 * maximumOf(name) * 1000;
    expect(Number.isNaN(new Date(last).getTime())).toBe(false);
  });

  it('accepts no dormant time and no grace, for the strict reading [D-02]', () => {
    const config = readConfig({ ANONYMOUS_DORMANT_SECONDS: '0', REFRESH_GRACE_SECONDS: '0' });
    expect(config).toMatchObject({ ANONYMOUS_DORMANT_SECONDS: 0, REFRESH_GRACE_SECONDS: 0 });
  });

  it('trusts no proxy unless its address or range is named [P-57]', () => {
    expect(readConfig({}).TRUSTED_PROXIES).toBeUndefined();
    const { TRUSTED_PROXIES } = readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,2001:db8::/32, ::1' });
    expect(TRUSTED_PROXIES).toEqual(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32', '::1']);
  });

  it.each([
    'all',
    'true',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0',
    'a.test',
    '::1,',
    'fe80::1%lo',
  ])('refuses to trust %s', (TRUSTED_PROXIES) => {
    expect(refusalOf({ TRUSTED_PROXIES })).toContain('TRUSTED_PROXIES');
  });

  it('keeps secrets out of its error messages', () => {
    expect(refusalOf({ KEYS_SECRET: 'hunter2' })).not.toContain('hunter2');
    expect(refusalOf({ MONGODB_URI: 'mysql://me:hunter2@db' })).not.toContain('hunter2');
  });
});

describe('In production', () => {
  it('the configuration is accepted with a secret and loads no demo data by default', () => {
    const config = readConfig(PRODUCTION);
    expect(config.NODE_ENV).toBe('production');
    expect(config.BOOTSTRAP_FILE).toBeUndefined();
    expect(readConfig({ ...PRODUCTION, BOOTSTRAP_FILE: 'shop.json' }).BOOTSTRAP_FILE).toBe('shop.json');
  });

  it('the configuration is refused without a secret and with rate limits off, naming both at once', () => {
    const refusal = refusalOf({ NODE_ENV: 'production', RATE_LIMITS: 'off' });
    expect(refusal).toContain('KEYS_SECRET');
    expect(refusal).toContain('RATE_LIMITS');
  });

  it('errors that apply only there are named together with those that apply everywhere', () => {
    const refusal = refusalOf({ NODE_ENV: 'production', PORT: '-1' });
    expect(refusal).toContain('PORT');
    expect(refusal).toContain('KEYS_SECRET');
  });

  it.each([
    ['https://api.emporix.io/', 'https://api.emporix.io'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('requests can be passed on to one host: %s', (address, kept) => {
    expect(readConfig({ UPSTREAM_EMPORIX: address, UPSTREAM_VTEX: address })).toMatchObject({
      UPSTREAM_EMPORIX: kept,
      UPSTREAM_VTEX: kept,
    });
  });

  it.each([
    'api.emporix.io',
    'ftp://api.emporix.io',
    'https://user:secret@api.emporix.io',
    'https://api.emporix.io/product',
    'https://api.emporix.io?x=1',
    'https://api.emporix.io/#x',
    'https://{tenant}.emporix.io',
    'https://evil.{account}',
  ])("requests can't be passed on to an address that is more than a host: %s", (address) => {
    expect(refusalOf({ UPSTREAM_EMPORIX: address })).toContain('UPSTREAM_EMPORIX');
    expect(refusalOf({ UPSTREAM_VTEX: address })).toContain('UPSTREAM_VTEX');
  });

  it('an account can be part of the upstream host of VTEX, but not of Emporix', () => {
    const address = 'https://{account}.vtexcommercestable.com.br';
    expect(readConfig({ UPSTREAM_VTEX: address }).UPSTREAM_VTEX).toBe(address);
    expect(refusalOf({ UPSTREAM_EMPORIX: address })).toContain('must name one host');
  });

  it('the client ids of Emporix are listed by tenant', () => {
    const { UPSTREAM_EMPORIX_CLIENTS: clients } = readConfig({
      UPSTREAM_EMPORIX_CLIENTS: 'acme=a.1, globex=b',
    });
    expect([...(clients ?? [])]).toEqual([
      ['acme', 'a.1'],
      ['globex', 'b'],
    ]);
    expect(refusalOf({ UPSTREAM_EMPORIX_CLIENTS: 'acme' })).toContain('such as acme=a1b2c3');
  });
});
