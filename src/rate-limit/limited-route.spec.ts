import { describe, expect, it } from 'vitest';
import { textField } from './limited-route.js';

describe('A field that nobody has validated', () => {
  it('is read if it is a text of the body itself', () => {
    expect(textField({ email: 'anna@acme.test' }, 'email')).toBe('anna@acme.test');
  });

  it.each([undefined, null, 'email', 7, [], {}, { email: 7 }, { email: ['a'] }, { email: { toString: 1 } }])(
    'is empty otherwise: %j [P-42]',
    (body) => {
      expect(textField(body, 'email')).toBe('');
    },
  );

  it('is not inherited', () => {
    expect(textField(Object.create({ email: 'anna@acme.test' }), 'email')).toBe('');
  });
});
