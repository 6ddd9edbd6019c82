import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('A DTO within a DTO', () => {
  it('is declared by Nested or NestedList, which say its shape before anything is made of it [X-01]', () => {
    const files = globSync('src/**/*.ts');
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => /\bValidateNested\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
