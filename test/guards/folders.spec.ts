import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const MOST = 25;

describe('A folder of the source', () => {
  it(`has at most ${MOST} files besides their specs: more belong into rooms`, () => {
    const entries = readdirSync('src', { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'));
    const perFolder = Map.groupBy(files, ({ parentPath }) => parentPath);
    expect(perFolder.size).toBeGreaterThan(50);
    expect([...perFolder].filter(([, { length }]) => length > MOST).map(([folder]) => folder)).toEqual([]);
  });
});
