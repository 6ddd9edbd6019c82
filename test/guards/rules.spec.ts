import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Tested by stories and services only, so far. Nothing may be added here. */
const WITHOUT_SPEC: readonly string[] = [
  'src/session-context/replacement.rules.ts',
  'src/site-settings/site-check.rules.ts',
];

describe('The rules', () => {
  it('each have their spec beside them', () => {
    const rules = globSync('src/**/*.rules.ts');
    const alone = rules.filter((file) => !existsSync(file.replace(/\.ts$/, '.spec.ts')));
    expect(rules.length).toBeGreaterThan(80);
    expect(alone.toSorted()).toEqual(WITHOUT_SPEC);
  });
});
