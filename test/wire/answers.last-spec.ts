import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDS } from '../support/run-records.js';
import { OPERATIONS } from './operations.js';

/** Can't be had by asking: the store has to fail. `test/mongo/away.spec.ts` is about that. */
const BY_FAILURE_ONLY = new Set([500, 503]);

describe('The answers of the whole test run', () => {
  it('were, for every operation, the good one and each refusal that its description names', () => {
    const files = readdirSync(RECORDS).filter((name) => name.endsWith('.answers'));
    const seen = new Set(files.flatMap((name) => readFileSync(join(RECORDS, name), 'utf8').split('\n')));
    const named = [...OPERATIONS].flatMap(([operation, statuses]) =>
      statuses.filter((status) => !BY_FAILURE_ONLY.has(status)).map((status) => `${operation} ${status}`),
    );
    const never = named.filter((answer) => !seen.has(answer));
    console.log(`answers: ${named.length - never.length} of ${named.length}`);
    expect(never, 'no story asks for these answers: add one to test/stories').toEqual([]);
  });
});
