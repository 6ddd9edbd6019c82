import { describe, expect, it, vi } from 'vitest';
import { metered } from './metered.js';

class Adapter {
  private readonly rows = new Map([['a', 1]]);

  async find(key: string): Promise<number | undefined> {
    return this.rows.get(key);
  }

  async sum(): Promise<number> {
    return (await this.find('a')) ?? 0;
  }

  async fails(): Promise<never> {
    throw new Error('away');
  }
}

class Special extends Adapter {
  now(): string {
    return 'at once';
  }
}

describe('A metered port', () => {
  const calls: string[] = [];
  const took = vi.fn();
  const port = metered(new Special(), 'things', {
    operation: (name, operation) => ({
      begin: () => calls.push(`${name}.${operation}`) > 0,
      took,
    }),
  });

  it('does what the port does, and counts each call once, whatever the adapter calls itself', async () => {
    expect(await port.sum()).toBe(1);
    expect(await port.find('b')).toBeUndefined();
    expect(port.now()).toBe('at once');
    expect(calls).toEqual(['things.sum', 'things.find', 'things.now']);
    expect(took).toHaveBeenCalledTimes(3);
  });

  it('passes on what the port throws, and times that too', async () => {
    await expect(port.fails()).rejects.toThrow('away');
    expect(took).toHaveBeenCalledTimes(1);
  });
});
