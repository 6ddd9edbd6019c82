import { describe, expect, it } from 'vitest';
import { at } from '../../test/support/events/webhooks.js';
import { advanced, claimed, givenUp, holds } from './cursor.rules.js';

const FREE = { tenant: 'acme', webhookId: 'w1', position: '0005' };

describe('The lease of a webhook', () => {
  const taken = claimed(FREE, 'one', at(0));

  it('is taken by one instance for 30 seconds, which may renew it [D-45]', () => {
    expect(taken).toEqual({ ...FREE, claim: 'one', claimedUntil: at(30) });
    expect(claimed(taken, 'two', at(29))).toBe(taken);
    expect(claimed(taken, 'one', at(20)).claimedUntil).toEqual(at(50));
    expect(claimed(taken, 'two', at(30)).claim).toBe('two');
  });

  it('is held while more than half of it is left', () => {
    expect([at(0), at(14), at(15)].map((now) => holds(taken, 'one', now))).toEqual([true, true, false]);
    expect(holds(taken, 'two', at(0))).toBe(false);
    expect(holds(FREE, 'one', at(0))).toBe(false);
  });

  it('is given up by its holder only', () => {
    expect(givenUp(taken, 'one')).toEqual(FREE);
    expect(givenUp(taken, 'two')).toBe(taken);
  });

  it('is needed to advance in the log, and nobody can move back [D-45]', () => {
    expect(advanced(taken, 'one', '0006').position).toBe('0006');
    expect(advanced(taken, 'one', '0004')).toBe(taken);
    expect(advanced(taken, 'two', '0006')).toBe(taken);
    const { position: _none, ...fresh } = taken;
    expect(advanced(fresh, 'one', '0001').position).toBe('0001');
  });
});
