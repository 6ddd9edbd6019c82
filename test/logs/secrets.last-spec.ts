import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDS } from '../support/run-records.js';

const files = existsSync(RECORDS) ? readdirSync(RECORDS) : [];
const read = (kind: string) =>
  files.filter((name) => name.endsWith(kind)).map((name) => readFileSync(join(RECORDS, name), 'utf8'));

/** Each secret is looked for in all of the log. */
const PATIENCE_MS = 300_000;

describe('The log of the whole test run, at debug level', { timeout: PATIENCE_MS }, () => {
  it('has none of the tokens, secrets and passwords that were issued or sent [P-20]', () => {
    const log = read('.log').join('\n');
    const secrets = [...new Set(read('.secrets').join('\n').split('\n').filter(Boolean))];
    expect(log.length, 'nothing was logged: this test proves nothing').toBeGreaterThan(10_000);
    expect(secrets.length, 'no secret was recorded: this test proves nothing').toBeGreaterThan(100);
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});
