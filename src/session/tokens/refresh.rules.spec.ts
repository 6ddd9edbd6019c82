import { describe, expect, it } from 'vitest';
import type { RefreshTokens } from '../session.types.js';
import {
  decideRefresh,
  firstRefreshToken,
  type RefreshDecision,
  type RefreshPolicy,
} from './refresh.rules.js';

const login = new Date('2026-01-15T12:00:00.000Z');
const after = (seconds: number): Date => new Date(login.getTime() + seconds * 1000);

const GUEST: RefreshPolicy = { windowSeconds: 86_400, graceSeconds: 30, onReuse: 'resume' };
const STRICT: RefreshPolicy = { ...GUEST, onReuse: 'end' };

/** Names stand in for hashes: `a` is followed by `a/s1` if the salt is `s1`. */
const present = (tokens: RefreshTokens, hash: string, salt: string, seconds: number, policy = STRICT) =>
  decideRefresh(
    tokens,
    { hash, salt, successorHash: `${hash}/${salt}`, grant: salt },
    policy,
    after(seconds),
  );

function tokensOf(decision: RefreshDecision): RefreshTokens {
  if (decision.kind === 'rotated' || decision.kind === 'resumed') return decision.tokens;
  throw new Error(`${decision.kind} has no tokens`);
}

const first = firstRefreshToken({ hash: 'a', grant: 'login', windowSeconds: 86_400 }, login);

describe('The current refresh token', () => {
  it('is rotated: its successor is valid for a full window, and the token is remembered as used [E-03, W-09, P-05]', () => {
    const decision = present(first, 'a', 's1', 100);
    expect(decision).toEqual({
      kind: 'rotated',
      tokens: {
        current: { hash: 'a/s1', grant: 's1', issuedAt: after(100), expiresAt: after(100 + 86_400) },
        used: [
          {
            hash: 'a',
            grant: 'login',
            issuedAt: login,
            expiresAt: after(86_400),
            usedAt: after(100),
            salt: 's1',
          },
        ],
      },
    });
  });

  it('works until its window ends and is refused from then on [W-11, D-02]', () => {
    expect(present(first, 'a', 's1', 86_399.999).kind).toBe('rotated');
    expect(present(first, 'a', 's1', 86_400)).toEqual({ kind: 'unknown' });
  });

  it('is the only one that rotates: any other secret is unknown', () => {
    expect(present(first, 'b', 's1', 1)).toEqual({ kind: 'unknown' });
    expect(present({ used: [] }, 'a', 's1', 1)).toEqual({ kind: 'unknown' });
    expect(present(first, '', 's1', 1)).toEqual({ kind: 'unknown' });
  });

  it('does not change the tokens from which the decision was made', () => {
    const frozen = Object.freeze({ ...first, used: Object.freeze([]) });
    expect(() => present(frozen, 'a', 's1', 1)).not.toThrow();
    expect(frozen).toEqual(first);
  });
});

describe('A used refresh token within the grace', () => {
  const rotated = tokensOf(present(first, 'a', 's1', 100));

  it.each([STRICT, GUEST])('gets the same successor as the first use, so both tabs go on', (policy) => {
    for (const seconds of [100, 115, 129.999]) {
      expect(present(rotated, 'a', 's2', seconds, policy)).toMatchObject({ kind: 'repeated', salt: 's1' });
    }
  });

  it.each([STRICT, GUEST])(
    'is answered five more times and then refused; nothing ends [X-13, P-07]',
    (policy) => {
      let tokens = rotated;
      for (let repeat = 1; repeat <= 5; repeat += 1) {
        const decision = present(tokens, 'a', 's2', 101, policy);
        if (decision.kind !== 'repeated') throw new Error(decision.kind);
        tokens = decision.tokens;
        expect(tokens.used[0]).toMatchObject({ hash: 'a', repeats: repeat });
        expect(tokens.current).toEqual(rotated.current);
      }
      expect(present(tokens, 'a', 's2', 101, policy)).toEqual({ kind: 'worn-out' });
      expect(present(tokens, 'a/s1', 's2', 101, policy).kind).toBe('rotated');
    },
  );

  it('starts a new count if it was resumed after its grace [X-13, D-25]', () => {
    const repeated = present(rotated, 'a', 's2', 101, GUEST);
    if (repeated.kind !== 'repeated') throw new Error(repeated.kind);
    const { used } = tokensOf(present(repeated.tokens, 'a', 's3', 5000, GUEST));
    expect(used.find(({ hash }) => hash === 'a')).not.toHaveProperty('repeats');
  });

  it('is remembered once if it was resumed, along with those used before [D-25]', () => {
    const twice = tokensOf(present(rotated, 'a/s1', 's2', 200, GUEST));
    const { used } = tokensOf(present(twice, 'a', 's3', 5000, GUEST));
    expect(used.map(({ hash }) => hash)).toEqual(['a', 'a/s1/s2', 'a/s1']);
  });

  it('has no grace if none is set, even if this clock is behind', () => {
    const none = { ...STRICT, graceSeconds: 0 };
    for (const seconds of [99.999, 100]) {
      expect(present(rotated, 'a', 's2', seconds, none)).toEqual({ kind: 'reused' });
    }
  });

  it('is unknown once its own window has ended', () => {
    const late = tokensOf(present(first, 'a', 's1', 86_399));
    expect(present(late, 'a', 's2', 86_401)).toEqual({ kind: 'unknown' });
    expect(present(late, 'a/s1', 's2', 86_401).kind).toBe('rotated');
  });

  it('still gets its latest successor if another tab has already rotated the first one', () => {
    const twice = tokensOf(present(rotated, 'a/s1', 's2', 110));
    expect(present(twice, 'a', 's3', 120)).toMatchObject({ kind: 'repeated', salt: 's1' });
    expect(present(twice, 'a/s1', 's3', 120)).toMatchObject({ kind: 'repeated', salt: 's2' });
  });
});

describe('A used refresh token after the grace', () => {
  const rotated = tokensOf(present(first, 'a', 's1', 100));

  it('counts as reuse in strict mode [D-25, P-06]', () => {
    expect(present(rotated, 'a', 's2', 130)).toEqual({ kind: 'reused' });
    expect(present(rotated, 'a', 's2', 86_399)).toEqual({ kind: 'reused' });
  });

  it('is unknown, not reuse, once it would have expired', () => {
    expect(present(rotated, 'a', 's2', 86_400)).toEqual({ kind: 'unknown' });
    expect(present(rotated, 'a', 's2', 86_400, GUEST)).toEqual({ kind: 'unknown' });
  });

  it('lets a guest go on with new tokens [D-25]', () => {
    const decision = present(rotated, 'a', 's2', 5000, GUEST);
    expect(decision.kind).toBe('resumed');
    expect(tokensOf(decision).current).toEqual({
      hash: 'a/s2',
      grant: 's2',
      issuedAt: after(5000),
      expiresAt: after(5000 + 86_400),
    });
  });

  it('lets the holder of the displaced token go on as well [D-25]', () => {
    const resumed = tokensOf(present(rotated, 'a', 's2', 5000, GUEST));
    const other = present(resumed, 'a/s1', 's3', 5001, GUEST);
    expect(other.kind).toBe('resumed');
    expect(tokensOf(other).current?.hash).toBe('a/s1/s3');
    expect(present(tokensOf(other), 'a/s2', 's4', 6000, GUEST).kind).toBe('resumed');
  });

  it('starts a new grace when it is resumed, so two tabs that resume at once both go on', () => {
    const resumed = tokensOf(present(rotated, 'a', 's2', 5000, GUEST));
    expect(present(resumed, 'a', 's3', 5010, GUEST)).toMatchObject({ kind: 'repeated', salt: 's2' });
    expect(present(resumed, 'a', 's3', 5030, GUEST).kind).toBe('resumed');
  });

  it('is remembered once, however often it is resumed', () => {
    let tokens = rotated;
    for (let i = 0; i < 100; i += 1) tokens = tokensOf(present(tokens, 'a', `r${i}`, 1000 + i * 60, GUEST));
    expect(tokens.used.filter(({ hash }) => hash === 'a')).toHaveLength(1);
  });
});

describe('The used tokens that are remembered', () => {
  it('are those of the window, newest first', () => {
    let tokens = first;
    let hash = 'a';
    for (let hour = 1; hour <= 48; hour += 1) {
      tokens = tokensOf(present(tokens, hash, `s${hour}`, hour * 3600));
      hash = `${hash}/s${hour}`;
    }
    const ages = tokens.used.map(({ usedAt }) => usedAt.getTime());
    expect(ages).toEqual(ages.toSorted((one, other) => other - one));
    expect(tokens.used.every(({ expiresAt }) => expiresAt > after(48 * 3600))).toBe(true);
    expect(tokens.used.length).toBeGreaterThanOrEqual(23);
  });

  it('are limited in number, however fast a client refreshes', () => {
    let tokens = first;
    let hash = 'a';
    for (let i = 1; i <= 500; i += 1) {
      tokens = tokensOf(present(tokens, hash, `${i}`, i));
      hash = tokens.current?.hash ?? '';
    }
    expect(tokens.used.length).toBeLessThanOrEqual(64);
    expect(present(tokens, tokens.used[0]?.hash ?? '', 'x', 501).kind).toBe('repeated');
  });
});
