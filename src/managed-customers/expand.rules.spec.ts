import { describe, expect, it } from 'vitest';
import { expandOf } from './expand.rules.js';

describe('What an answer includes', () => {
  it('is nothing more unless something is asked for', () => {
    expect(expandOf([])).toEqual({ addresses: false, accounts: false, mixins: [] });
    expect(expandOf(['unknown'])).toEqual({ addresses: false, accounts: false, mixins: [] });
  });

  it('is what the query names, in any order', () => {
    expect(expandOf(['mixin:erp', 'accounts', 'addresses', 'mixin:crm'])).toEqual({
      addresses: true,
      accounts: true,
      mixins: ['erp', 'crm'],
    });
  });

  it('is every mixin by a star, or by no name at all', () => {
    expect(expandOf(['mixin:erp', 'mixin:*'])).not.toHaveProperty('mixins');
    expect(expandOf(['mixin'])).not.toHaveProperty('mixins');
  });
});
