import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('The rules', () => {
  it('each have their spec beside them', () => {
    const rules = globSync('src/**/*.rules.ts');
    const alone = rules.filter((file) => !existsSync(file.replace(/\.ts$/, '.spec.ts')));
    expect(rules.length).toBeGreaterThan(80);
    expect(alone).toEqual([]);
  });
});
