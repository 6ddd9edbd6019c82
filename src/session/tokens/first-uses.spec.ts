import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FirstUses } from './first-uses.js';

/** What happens in each of the parts of the quiet time. */
let duringPart: (part: number) => void;
const sleep = vi.hoisted(() => vi.fn());
vi.mock('node:timers/promises', () => ({ setTimeout: sleep }));

describe('Requests that come with one refresh token', () => {
  let uses: FirstUses<string>;
  let used: string[];
  /** @param kinds of its uses, one after the other; the last one for all that follow */
  const asks = (...kinds: string[]) =>
    uses.share('token', async () => {
      const kind = kinds[Math.min(used.length, kinds.length - 1)] ?? '';
      used.push(kind);
      return kind;
    });

  beforeEach(() => {
    uses = new FirstUses((kind) => kind === 'first');
    used = [];
    duringPart = () => {};
    sleep.mockReset();
    sleep.mockImplementation(async () => duringPart(sleep.mock.calls.length));
  });

  it('at the same moment share one use [P-07, X-13]', async () => {
    expect(await Promise.all([asks('first'), asks('first'), asks('first')])).toEqual([
      'first',
      'first',
      'first',
    ]);
    expect(used).toEqual(['first']);
  });

  it('with another token do not', async () => {
    const other = uses.share('another', async () => {
      used.push('another');
      return 'first';
    });
    await Promise.all([asks('first'), other]);
    expect(used.toSorted()).toEqual(['another', 'first']);
  });

  it('later, when the first was answered, use it again', async () => {
    await asks('first');
    expect(await asks('repeated')).toBe('repeated');
    expect(used).toEqual(['first', 'repeated']);
  });

  it('use it themselves when the one that came first was not the first use', async () => {
    expect(await Promise.all([asks('repeated'), asks('repeated')])).toEqual(['repeated', 'repeated']);
    expect(used).toHaveLength(2);
    expect(sleep).not.toHaveBeenCalled();
  });

  it('use it themselves when the first one failed, as does the next', async () => {
    const error = new Error('away');
    const first = uses.share('token', () => Promise.reject(error));
    const second = asks('first');
    await expect(first).rejects.toBe(error);
    expect(await second).toBe('first');
    expect(await asks('first')).toBe('first');
    expect(used).toEqual(['first', 'first']);
  });

  it('join for as long as the first waits: until five parts of five milliseconds were quiet', async () => {
    const joined: Promise<string>[] = [];
    duringPart = (part) => {
      if (part === 1 || part === 5) joined.push(asks('first'));
    };
    await asks('first');
    expect(sleep.mock.calls).toEqual(Array.from({ length: 10 }, () => [5]));
    expect(await Promise.all(joined)).toEqual(['first', 'first']);
    expect(used).toEqual(['first']);
  });

  it('do not keep the first waiting for ever: it is answered after a hundred parts', async () => {
    duringPart = () => void asks('first');
    await asks('first');
    expect(sleep).toHaveBeenCalledTimes(100);
  });
});
