import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.rules.js';

const NONE: ReadonlySet<string> = new Set();
const LISTED: ReadonlySet<string> = new Set(['sunshine', 'straße1']);

describe('A password', () => {
  it('is common if it is in the list', () => {
    expect(isCommonPassword('sunshine', LISTED)).toBe(true);
  });

  it('is common whatever its capitals are', () => {
    expect(isCommonPassword('SunShine', LISTED)).toBe(true);
    expect(isCommonPassword('STRAßE1', LISTED)).toBe(true);
    expect(isCommonPassword('PassWort123', NONE)).toBe(true);
  });

  it.each(['p@ssword', 'pa$$word', '00000000', '0123456789', 'qwertzuiop', 'user1234'])(
    'is common if the list lacks it but it is as easy to guess: %s',
    (password) => {
      expect(isCommonPassword(password, NONE)).toBe(true);
    },
  );

  it('is not common because it contains a common one, or is a part of one', () => {
    expect(isCommonPassword('sunshine at seven', LISTED)).toBe(false);
    expect(isCommonPassword(' sunshine', LISTED)).toBe(false);
    expect(isCommonPassword('sunshin', LISTED)).toBe(false);
    expect(isCommonPassword('p@ssword p@ssword1', NONE)).toBe(false);
  });

  it('is not common if it is empty or unknown', () => {
    expect(isCommonPassword('', LISTED)).toBe(false);
    expect(isCommonPassword('sunshine', NONE)).toBe(false);
  });
});
