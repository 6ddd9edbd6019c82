import { expect, it } from 'vitest';
import { FewTenants } from './few-tenants.js';

it('Fifty tenants have a label of their own, and further ones share one', () => {
  const few = new FewTenants();
  for (let n = 0; n < 50; n += 1) expect(few.labelOf(`tenant${n}`)).toBe(`tenant${n}`);
  expect(few.labelOf('one more')).toBe('other_');
  expect(few.labelOf('tenant0')).toBe('tenant0');
});
