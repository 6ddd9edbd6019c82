import { describe, expect, it } from 'vitest';
import { sealed, unsealed } from './sealed-body.js';

describe('A sealed body', () => {
  it.each(['', '{"id":"ä€😀"}', 'x'.repeat(10_000)])('comes back as it was', (body) => {
    expect(unsealed(sealed(body, 'key'), 'key')).toBe(body);
  });

  it('can not be read or recognised without the key', () => {
    const body = '{"email":"anna@acme.test"}';
    const bytes = Buffer.from(sealed(body, 'key'), 'base64');
    expect(bytes.includes('anna')).toBe(false);
    expect(sealed(body, 'key')).not.toBe(sealed(body, 'key'));
    expect(() => unsealed(sealed(body, 'key'), 'other')).toThrow();
  });

  it('can not be changed', () => {
    const bytes = Buffer.from(sealed('{"ended":1}', 'key'), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => unsealed(bytes.toString('base64'), 'key')).toThrow();
  });
});
