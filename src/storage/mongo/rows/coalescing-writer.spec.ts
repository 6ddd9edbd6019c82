import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../shared/domain-error.js';
import { CoalescingWriter, type RecordAccess, type Stored } from './coalescing-writer.js';

/** Numbers by id, each call a turn of the event loop away, as a server's would be. */
class Numbers implements RecordAccess<number> {
  readonly stored = new Map<string, Stored<number>>();
  reads = 0;
  writes = 0;
  /** Of other instances, between a read of ours and our write. */
  rivals: (() => void)[] = [];
  failure: Error | undefined;

  async read(id: string): Promise<Stored<number> | undefined> {
    await setImmediate();
    this.reads += 1;
    return this.stored.get(id);
  }

  async write(id: string, from: Stored<number> | undefined, next: number): Promise<boolean> {
    this.rivals.shift()?.();
    await setImmediate();
    this.writes += 1;
    if (this.failure) throw this.failure;
    if (this.stored.get(id)?.rev !== from?.rev) return false;
    this.set(id, next);
    return true;
  }

  set(id: string, value: number): void {
    this.stored.set(id, { value, rev: `${Math.random()}` });
  }

  get(id: string): number | undefined {
    return this.stored.get(id)?.value;
  }
}

function begin(value?: number) {
  const numbers = new Numbers();
  if (value !== undefined) numbers.set('n', value);
  const writer = new CoalescingWriter(numbers);
  const add = (by: number, id = 'n') =>
    writer.change(id, (current) => ({ next: (current ?? 0) + by, result: current }));
  return { numbers, writer, add };
}

describe('Changes of one record that come at once', () => {
  it('are all made, with a few writes', async () => {
    const { numbers, add } = begin(0);
    await Promise.all(Array.from({ length: 100 }, () => add(1)));
    expect(numbers.get('n')).toBe(100);
    expect(numbers.writes).toBeLessThanOrEqual(3);
    expect(numbers.reads).toBe(numbers.writes);
  });

  it('are made in the order in which they came, and each is told its own result', async () => {
    const { add } = begin(0);
    expect(await Promise.all([add(1), add(2), add(3)])).toEqual([0, 1, 3]);
  });

  it('do not fail for one that throws, which is told', async () => {
    const { numbers, writer, add } = begin(0);
    const refused = writer.change('n', () => {
      throw new RangeError('refused');
    });
    const others = Promise.all([add(1), add(1)]);
    await expect(refused).rejects.toThrow(RangeError);
    await others;
    expect(numbers.get('n')).toBe(2);
  });

  it('are decided on a read that began after they came', async () => {
    const { numbers, writer, add } = begin(0);
    const first = add(1);
    await setImmediate();
    numbers.set('n', 10);
    const look = writer.change('n', (current) => ({ next: current, result: current }));
    await first;
    expect(await look).toBe(11);
    expect(numbers.reads).toBeGreaterThan(2);
  });

  it('of two records do not wait for each other', async () => {
    const { numbers, add } = begin();
    await Promise.all([add(1, 'a'), add(2, 'b')]);
    expect([numbers.get('a'), numbers.get('b')]).toEqual([1, 2]);
  });
});

describe('A change of a record that was read a moment ago', () => {
  const addTo = (known: Stored<number> | undefined, { writer }: ReturnType<typeof begin>) =>
    writer.change('n', (current) => ({ next: (current ?? 0) + 1, result: current }), known);

  it('is written without another read', async () => {
    const scene = begin(0);
    expect(await addTo(scene.numbers.stored.get('n'), scene)).toBe(0);
    expect([scene.numbers.get('n'), scene.numbers.reads, scene.numbers.writes]).toEqual([1, 0, 1]);
  });

  it('is decided on what is stored when that is no longer as it was', async () => {
    const scene = begin(0);
    const known = scene.numbers.stored.get('n');
    scene.numbers.set('n', 5);
    expect(await addTo(known, scene)).toBe(5);
    expect(scene.numbers.get('n')).toBe(6);
  });

  it.each<[string, (current: number | undefined) => { next: number | undefined; result: string }]>([
    [
      'refused',
      (current) => {
        throw new RangeError(`at ${current}`);
      },
    ],
    ['told that nothing is to change', (current) => ({ next: current, result: `at ${current}` })],
  ])('is %s only for what is stored', async (_, decide) => {
    const { numbers, writer } = begin(0);
    const known = numbers.stored.get('n');
    numbers.set('n', 5);
    const told = await writer.change('n', decide, known).catch((error: Error) => error.message);
    expect([told, numbers.writes]).toEqual(['at 5', 0]);
  });

  it('is the only one that begins with it', async () => {
    const scene = begin(0);
    const known = scene.numbers.stored.get('n');
    expect(await Promise.all([addTo(known, scene), addTo(known, scene)])).toEqual([0, 1]);
    expect(scene.numbers.get('n')).toBe(2);
  });
});

describe('A change', () => {
  it('is decided again when another instance was faster', async () => {
    const { numbers, add } = begin(0);
    numbers.rivals = [() => numbers.set('n', 5), () => numbers.set('n', 7)];
    expect(await Promise.all([add(1), add(1)])).toEqual([7, 8]);
    expect(numbers.get('n')).toBe(9);
  });

  it('is told what its last decision gave, not what an earlier one threw', async () => {
    const { numbers, writer, add } = begin(0);
    numbers.rivals = [() => undefined, () => numbers.set('n', 5)];
    const unlessOne = (current: number | undefined) => {
      if (current === 1) throw new Error('one');
      return { next: current, result: `seen ${current}` };
    };
    const [, outcome] = await Promise.all([add(1), writer.change('n', unlessOne), add(1)]);
    expect(outcome).toBe('seen 5');
    expect(numbers.get('n')).toBe(6);
  });

  it('writes nothing when the record stays as it is, or is not there', async () => {
    const { numbers, writer } = begin(1);
    for (const id of ['n', 'nobody']) {
      expect(await writer.change(id, (current) => ({ next: current, result: 'seen' }))).toBe('seen');
    }
    expect(numbers.writes).toBe(0);
  });

  it('makes a record that is not there', async () => {
    const { numbers, add } = begin();
    expect(await add(1)).toBeUndefined();
    expect(numbers.get('n')).toBe(1);
  });

  it('fails with all that were to be written with it, and with none that come after', async () => {
    const { numbers, writer, add } = begin(0);
    numbers.failure = new StoreUnavailable();
    const refuse = () => {
      throw new Error('decided on what may never have been written');
    };
    const settled = await Promise.allSettled([add(1), add(1), writer.change('n', refuse)]);
    for (const one of settled) expect(one).toEqual({ status: 'rejected', reason: numbers.failure });
    numbers.failure = undefined;
    expect(await add(1)).toBe(0);
  });

  it('gives up as if the store were away when it loses every race', async () => {
    const { numbers, add } = begin(0);
    numbers.rivals = Array.from({ length: 1000 }, (_, i) => () => numbers.set('n', i));
    await expect(add(1)).rejects.toThrow(StoreUnavailable);
  });
});
