import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDS } from '../support/records/run-records.js';

const files = existsSync(RECORDS) ? readdirSync(RECORDS) : [];
const read = (kind: string) =>
  files.filter((name) => name.endsWith(kind)).map((name) => readFileSync(join(RECORDS, name), 'utf8'));

/** Every secret has more characters than this. */
const START = 8;
const PATIENCE_MS = 120_000;

/** The secrets that a text contains, found in one pass over it by how they start. */
function foundIn(text: string, secrets: readonly string[]): readonly string[] {
  const byStart = Map.groupBy(secrets, (secret) => secret.slice(0, START));
  const found = new Set<string>();
  for (let i = 0; i + START <= text.length; i += 1) {
    for (const secret of byStart.get(text.slice(i, i + START)) ?? []) {
      if (text.startsWith(secret, i)) found.add(secret);
    }
  }
  return [...found];
}

describe('The log of the whole test run, at debug level', { timeout: PATIENCE_MS }, () => {
  it('has none of the tokens, secrets and passwords that were issued or sent [P-20]', () => {
    const log = read('.log').join('\n');
    const secrets = [...new Set(read('.secrets').join('\n').split('\n').filter(Boolean))];
    expect(log.length, 'nothing was logged: this test proves nothing').toBeGreaterThan(10_000);
    expect(secrets.length, 'no secret was recorded: this test proves nothing').toBeGreaterThan(100);
    expect(secrets.filter((secret) => secret.length < START)).toEqual([]);
    expect(foundIn(`… ${secrets[0]} …`, secrets), 'the search finds what is there').toContain(secrets[0]);
    expect(foundIn(log, secrets)).toEqual([]);
  });
});
