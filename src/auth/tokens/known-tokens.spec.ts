import { describe, expect, it, vi } from 'vitest';
import { Unauthenticated } from '../../shared/domain-error.js';
import { KnownTokens } from './known-tokens.js';

describe('A token', () => {
  const held = new Set(['k1']);
  const tokens = () => new KnownTokens<{ kid: string }>({ holds: async (kid) => held.has(kid) });

  it('is verified once, as long as its key exists', async () => {
    const known = tokens();
    const verify = vi.fn(async () => ({ kid: 'k1' }));
    for (let i = 0; i < 3; i += 1) expect(await known.of('token', verify)).toEqual({ kid: 'k1' });
    expect(verify).toHaveBeenCalledTimes(1);
    held.delete('k1');
    await expect(known.of('token', () => Promise.reject(new Unauthenticated()))).rejects.toThrow(
      Unauthenticated,
    );
    held.add('k1');
  });

  it('is told apart from every other one, and is not remembered if it is refused', async () => {
    const known = tokens();
    const refuse = () => Promise.reject(new Unauthenticated());
    await known.of('token', async () => ({ kid: 'k1' }));
    for (let i = 0; i < 2; i += 1) await expect(known.of('tokem', refuse)).rejects.toThrow(Unauthenticated);
  });
});
