import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('A DTO within a DTO', () => {
  it('is declared by Nested or NestedList, which say its shape before anything is made of it [X-01]', () => {
    const files = globSync('src/**/*.ts');
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => /\bValidateNested\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});

describe('The name of a DTO', () => {
  it('is that of no other, because of two schemas with one name the description keeps one', () => {
    const names = globSync('src/**/*.dto.ts').flatMap((file) =>
      Array.from(readFileSync(file, 'utf8').matchAll(/^(?:export )?class (\w+)/gm), ([, name]) => name),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
