import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Tested by stories and services only, so far. Nothing may be added here. */
const WITHOUT_SPEC: readonly string[] = [
  'src/bootstrap/unique.rules.ts',
  'src/cart/caller/cart-owner.rules.ts',
  'src/cart/totals/cart-amounts.rules.ts',
  'src/cart/totals/cart-lines.rules.ts',
  'src/cart/totals/cart-proration.rules.ts',
  'src/customer-admin/erasure.rules.ts',
  'src/customer/customer-size.rules.ts',
  'src/customer/passwords/common-passwords.rules.ts',
  'src/session-context/replacement.rules.ts',
  'src/session/new-session.rules.ts',
  'src/site-settings/site-check.rules.ts',
  'src/vtex-settings/settings/audience-check.rules.ts',
  'src/vtex-settings/settings/built-in-apps.rules.ts',
  'src/vtex/cycle/cycle-inputs.rules.ts',
  'src/vtex/cycle/requested-values.rules.ts',
  'src/vtex/cycle/session-patch.rules.ts',
  'src/vtex/impersonation/impersonation.rules.ts',
  'src/vtex/values/session-values.rules.ts',
];

describe('The rules', () => {
  it('each have their spec beside them', () => {
    const rules = globSync('src/**/*.rules.ts');
    const alone = rules.filter((file) => !existsSync(file.replace(/\.ts$/, '.spec.ts')));
    expect(rules.length).toBeGreaterThan(80);
    expect(alone.toSorted()).toEqual(WITHOUT_SPEC);
  });
});
