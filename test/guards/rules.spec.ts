import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Tested by stories and services only, so far. Nothing may be added here. */
const WITHOUT_SPEC: readonly string[] = [
  'src/http/body/json-path.rules.ts',
  'src/http/body/number.rules.ts',
  'src/http/query/pattern.rules.ts',
  'src/http/upstream/own-tokens.rules.ts',
  'src/session-context/replacement.rules.ts',
  'src/shared/filter/filter.rules.ts',
  'src/site-settings/site-check.rules.ts',
  'src/welcome/welcome-page.rules.ts',
];

describe('The rules', () => {
  it('each have their spec beside them', () => {
    const rules = globSync('src/**/*.rules.ts');
    const alone = rules.filter((file) => !existsSync(file.replace(/\.ts$/, '.spec.ts')));
    expect(rules.length).toBeGreaterThan(80);
    expect(alone.toSorted()).toEqual(WITHOUT_SPEC);
  });
});
