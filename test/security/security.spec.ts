import { describe, expect, it } from 'vitest';
import { readTitles } from '../../scripts/behaviours.js';
import {
  readFindings,
  readPromises,
  readSecurityPage,
  renderSecurity,
  SECURITY_COMMAND,
} from '../../scripts/security.js';

describe('The page of security', () => {
  it('is what the tests say now', () => {
    const page = `${renderSecurity(readPromises(), readFindings(), readTitles()).trimEnd()}\n`;
    expect(readSecurityPage() === page, `docs/security.md is stale; run: ${SECURITY_COMMAND}`).toBe(true);
  });

  it('has every promise and finding once, in their order', () => {
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
    expect(ids(readPromises())).toEqual(
      Array.from({ length: 77 }, (_, i) => `P-${String(i + 1).padStart(2, '0')}`),
    );
    expect(ids(readFindings())).toEqual(
      Array.from({ length: 23 }, (_, i) => `X-${String(i + 1).padStart(2, '0')}`),
    );
  });
});
