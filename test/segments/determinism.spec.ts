import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeSegment, encodeSegment, segmentOf } from '../../src/vtex/values/segment-codec.rules.js';
import { digest, randomConditions, randomNumbers } from './random-conditions.js';

/** `npm run test:segments` sets a million. */
const COUNT = Number(process.env.SEGMENTS ?? 10_000);
/** Each condition comes about three times. */
const DIFFERENT = Math.round(COUNT / 3);
const LONG_MS = 600_000;

interface Known {
  readonly values: Readonly<Record<string, string>>;
  readonly token: string;
}

describe('The token of a segment', () => {
  it(
    'is equal for equal conditions and different for different ones, in very many random cases [S-19, S-20, S-22]',
    () => {
      const random = randomNumbers(20_261_121);
      const tokens = new Map<string, string>();
      const identities = new Map<string, string>();
      const begun = performance.now();
      let wrong = 0;
      let repeated = 0;
      for (let i = 0; i < COUNT; i += 1) {
        const { values, identity } = randomConditions(random(DIFFERENT), random);
        const [conditions, token] = [digest(identity), digest(encodeSegment(segmentOf(values)))];
        repeated += tokens.has(conditions) ? 1 : 0;
        if ((tokens.get(conditions) ?? token) !== token) wrong += 1;
        if ((identities.get(token) ?? conditions) !== conditions) wrong += 1;
        tokens.set(conditions, token);
        identities.set(token, conditions);
      }
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.info(
        `${COUNT} random conditions, ${tokens.size} different: ${wrong} wrong tokens, ${seconds} s`,
      );
      expect(wrong).toBe(0);
      expect(identities.size).toBe(tokens.size);
      expect(tokens.size).toBeGreaterThan(COUNT / 4);
      expect(repeated).toBeGreaterThan(COUNT / 4);
    },
    LONG_MS,
  );

  it('is what earlier versions and other machines made of the same conditions [S-19, W-72]', () => {
    const known: Known[] = JSON.parse(readFileSync('test/segments/golden.json', 'utf8'));
    expect(known.length).toBeGreaterThanOrEqual(10);
    for (const { values, token } of known) {
      expect(encodeSegment(segmentOf(new Map(Object.entries(values))))).toBe(token);
      expect(encodeSegment(decodeSegment(token))).toBe(token);
    }
  });
});
