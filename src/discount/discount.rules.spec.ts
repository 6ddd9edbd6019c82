import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { declaredCode } from './discount.rules.js';
import type { DiscountDraft } from './discount.types.js';

const from = new Date('2026-01-15T12:00:00.000Z');
const to = new Date('2026-02-15T12:00:00.000Z');

describe('Declaring a discount code', () => {
  it('takes a percentage or an amount, and keeps the code in upper case', () => {
    expect(declaredCode('acme', 'Welcome10', { percent: 10, name: undefined })).toEqual({
      tenant: 'acme',
      code: 'WELCOME10',
      percent: 10,
      stackable: true,
    });
    const draft = { amount: 5, currency: 'EUR', minimumOrderValue: 50, siteCodes: ['main'], from, to };
    expect(declaredCode('acme', 'FIVE', { ...draft, stackable: false })).toEqual({
      ...draft,
      tenant: 'acme',
      code: 'FIVE',
      stackable: false,
    });
  });

  it.each<[string, DiscountDraft]>([
    ['percent', {}],
    ['percent', { percent: 10, amount: 5, currency: 'EUR' }],
    ['currency', { amount: 5 }],
    ['currency', { percent: 5, minimumOrderValue: 50 }],
    ['to', { percent: 5, from, to: from }],
    ['to', { percent: 5, from: to, to: from }],
  ])('names %s when its parts do not go together: %o', (field, draft) => {
    expect(() => declaredCode('acme', 'X', draft)).toThrow(new RegExp(`^${field}: `));
    expect(() => declaredCode('acme', 'X', draft)).toThrow(InvalidInput);
  });
});
