import { describe, expect, it } from 'vitest';
import { TooLarge } from '../shared/domain-error.js';
import { expectCustomerSize } from './customer-size.rules.js';
import type { Customer } from './customer.types.js';

/** Only the size as JSON matters: `{"notes":"…"}` has 12 bytes besides the text. */
const withNotes = (notes: string): Customer => ({ notes }) as unknown as Customer;
const ofBytes = (bytes: number): Customer => withNotes('x'.repeat(bytes - 12));

const SMALL = ofBytes(20);

describe('A changed customer', () => {
  it('is accepted up to the limit and refused a byte above it [X-08]', () => {
    const atLimit = ofBytes(100);
    expect(expectCustomerSize(SMALL, atLimit, 100)).toBe(atLimit);
    expect(() => expectCustomerSize(SMALL, ofBytes(101), 100)).toThrow(TooLarge);
  });

  it('is measured in bytes, not in characters [X-08]', () => {
    const next = withNotes('ü'.repeat(44));
    expect(expectCustomerSize(SMALL, next, 100)).toBe(next);
    expect(() => expectCustomerSize(SMALL, withNotes('ü'.repeat(45)), 100)).toThrow(TooLarge);
  });

  it('that was too large before may become smaller, even if it is still too large [X-08]', () => {
    const next = ofBytes(199);
    expect(expectCustomerSize(ofBytes(200), next, 100)).toBe(next);
  });

  it('that was too large before may not stay as large or grow [X-08]', () => {
    expect(() => expectCustomerSize(ofBytes(200), ofBytes(200), 100)).toThrow(TooLarge);
    expect(() => expectCustomerSize(ofBytes(200), ofBytes(201), 100)).toThrow(TooLarge);
  });

  it('is refused with its size, the limit and the setting [X-08]', () => {
    expect(() => expectCustomerSize(SMALL, ofBytes(123), 100)).toThrow(
      'would have 123 bytes; the limit is 100 (MAX_CUSTOMER_BYTES)',
    );
  });
});
