import { describe, expect, it, vi } from 'vitest';
import { RareValue } from './rare-value.js';

describe('A value that scrapes read', () => {
  it('is read again only after its pause', async () => {
    let now = 0;
    const read = vi.fn(async () => now);
    const value = new RareValue(read, { restMs: 100, factor: 10 }, () => now);
    expect(await value.get(1000)).toBe(0);
    now = 99;
    expect(await value.get(1000)).toBe(0);
    now = 100;
    expect(await value.get(1000)).toBe(100);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('pauses longer, the longer a read took', async () => {
    let now = 0;
    const read = vi.fn(async () => (now += 50));
    const value = new RareValue(read, { restMs: 100, factor: 10 }, () => now);
    await value.get(1000);
    now = 549;
    await value.get(1000);
    expect(read).toHaveBeenCalledTimes(1);
    now = 550;
    await value.get(1000);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is undefined if it can not be read, without failing the scrape', async () => {
    const value = new RareValue(() => Promise.reject(new Error('the store is away')));
    expect(await value.get(1000)).toBeUndefined();
  });

  it('never delays a scrape: a slow value is missing at first and appears later', async () => {
    let finish = (_value: number): void => undefined;
    const value = new RareValue(() => new Promise<number>((resolve) => (finish = resolve)));
    expect(await value.get(1)).toBeUndefined();
    finish(7);
    expect(await value.get(1000)).toBe(7);
  });
});
