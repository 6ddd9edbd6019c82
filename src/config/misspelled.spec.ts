import { describe, expect, it } from 'vitest';
import { configSchema } from './config.schema.js';
import { misspelledIn } from './misspelled.js';

const SETTINGS = Object.keys(configSchema.shape);
const meantIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(misspelledIn(env, SETTINGS).map(({ name, meant }) => [name, meant]));

describe('A variable of the environment', () => {
  it.each([
    ['MONGODB_URL', 'MONGODB_URI'],
    ['MONGO_URI', 'MONGODB_URI'],
    ['MONGO_URL', 'MONGODB_URI'],
    ['KEY_SECRET', 'KEYS_SECRET'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['SMTP_URI', 'SMTP_URL'],
    ['BOOTSTRAP_FILES', 'BOOTSTRAP_FILE'],
    ['mongodb_uri', 'MONGODB_URI'],
    ['RATE_LIMIT', 'RATE_LIMITS'],
    ['PORTT', 'PORT'],
    ['PPORT', 'PORT'],
    ['PROT', 'PORT'],
    ['HOOST', 'HOST'],
    ['ISSEUR', 'ISSUER'],
    ['ISSUERR', 'ISSUER'],
    ['WORKRES', 'WORKERS'],
  ])('is known for a misspelled setting: %s for %s', (name, meant) => {
    expect(meantIn({ [name]: 'x' })).toEqual({ [name]: meant });
  });

  it('is not reported if it resembles no setting, may be a word of its own, or is empty', () => {
    const others = [
      'PATH',
      'HOSTNAME',
      'PORTS',
      'SPORT',
      'POST',
      'HOSTS',
      'WORKER',
      'LOG',
      'TERM',
      'NODE_PATH',
      'NODE_OPTIONS',
      'XDG_DATA_DIRS',
      'LC_ALL',
      'HTTP_PROXY',
    ];
    const more = [
      'npm_config_cache',
      'LOGNAME',
      'LS_COLORS',
      'DATABASE_URL',
      'DOCKER_HOST',
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
    ];
    expect(meantIn(Object.fromEntries([...others, ...more].map((name) => [name, 'x'])))).toEqual({});
    expect(meantIn({ MONGODB_URL: ' ' })).toEqual({});
  });

  it('is not taken for a setting that is itself set', () => {
    expect(meantIn({ MONGODB_URL: 'x', MONGODB_URI: 'mongodb://db' })).toEqual({});
    expect(meantIn({ MONGO_URL: 'x', MONGODB_URI: 'mongodb://db' })).toEqual({});
  });
});
