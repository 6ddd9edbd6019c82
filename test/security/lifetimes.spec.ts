import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.schema.js';

const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const rowOf = (setting: string) =>
  page.split('\n').find((line) => line.startsWith('|') && line.includes(setting));

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('SECURITY.md', () => {
  const config = readConfig({});

  it.each([
    ['ANONYMOUS_LIFETIME_SECONDS', config.ANONYMOUS_LIFETIME_SECONDS, HOUR, '1 hour'],
    [
      'ANONYMOUS_DORMANT_SECONDS',
      config.ANONYMOUS_LIFETIME_SECONDS + config.ANONYMOUS_DORMANT_SECONDS,
      DAY,
      '24 hours',
    ],
    ['CUSTOMER_TOKEN_SECONDS', config.CUSTOMER_TOKEN_SECONDS, 30 * DAY, '30 days'],
    ['CUSTOMER_REFRESH_SECONDS', config.CUSTOMER_REFRESH_SECONDS, DAY, '24 hours'],
    ['SERVICE_TOKEN_SECONDS', config.SERVICE_TOKEN_SECONDS, 4 * HOUR, '4 hours'],
    ['KEY_ROTATION_DAYS', config.KEY_ROTATION_DAYS * DAY, 90 * DAY, '90 days'],
  ])('states what %s is by default [P-16]', (setting, actual, stated, words) => {
    expect(actual).toBe(stated);
    expect(rowOf(setting)).toContain(words);
  });

  it('says why a customer’s session has no end, and how many sessions may run at once [P-16]', () => {
    expect(page).toMatch(/customer's session has no end\*\* because/);
    expect(page).toMatch(/no limit on parallel sessions/);
  });
});
