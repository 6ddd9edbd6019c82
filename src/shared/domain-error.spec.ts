import { describe, expect, it } from 'vitest';
import { InvalidInput } from './domain-error.js';

describe('The problems of an input', () => {
  it('are named by their field', () => {
    const refusal = InvalidInput.of('currency', 'must be EUR');
    expect(refusal.message).toBe('currency: must be EUR');
    expect(refusal.details).toEqual({ details: [{ field: 'currency', message: 'must be EUR' }] });
  });

  it('are cut at twenty, and the rest are counted [X-01]', () => {
    const problems = Array.from({ length: 500 }, (_, n) => ({
      field: `items.${n}`,
      message: 'must be an object',
    }));
    const { message, details } = new InvalidInput(problems);
    expect(message).toMatch(/^items\.0: must be an object; .*; and 480 more$/);
    expect(details['details']).toHaveLength(21);
    expect(details['details']).toContain('and 480 more');
  });

  it('do not repeat everything that the caller sent [X-01]', () => {
    const { message } = InvalidInput.of('x'.repeat(1_000_000), 'y'.repeat(1_000_000));
    expect(message.length).toBeLessThan(1000);
  });
});
