import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Batch } from './batch.js';

/** Answers what it is told to, when it is told to. */
function held() {
  const sent: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const batch = new Batch((items: readonly number[]) => {
    sent.push(items);
    return new Promise<readonly number[]>((resolve) => answers.push(() => resolve(items)));
  }, 2);
  return { batch, sent, answer: (i: number) => answers[i]?.() };
}

/** After four calls that were answered together. */
async function answeredTogether() {
  const { batch, sent, answer } = held();
  const all = Promise.all([1, 2, 3, 4].map((item) => batch.add(item)));
  await new Promise(process.nextTick);
  answer(0);
  await all;
  return { batch, sent };
}

describe('What is asked of the database at once', () => {
  it('goes out together, each with its own answer', async () => {
    const sent: (readonly number[])[] = [];
    const batch = new Batch(async (items: readonly number[]) => {
      sent.push(items);
      return items.map((item) => item * 2);
    }, 2);
    expect(await Promise.all([1, 2, 3].map((item) => batch.add(item)))).toEqual([2, 4, 6]);
    expect(await batch.add(4)).toBe(8);
    expect(sent).toEqual([[1, 2, 3], [4]]);
  });

  it('waits, while two commands are under way, for one of them to end', async () => {
    const { batch, sent, answer } = held();
    const first = batch.add(1);
    await Promise.resolve();
    await new Promise(process.nextTick);
    void batch.add(2);
    await new Promise(process.nextTick);
    for (const item of [3, 4, 5]) void batch.add(item);
    await new Promise(process.nextTick);
    expect(sent).toEqual([[1], [2]]);
    answer(0);
    await first;
    await new Promise(process.nextTick);
    expect(sent).toEqual([[1], [2], [3, 4, 5]]);
  });

  it('waits for half of those who were answered together, as they are about to ask again', async () => {
    const { batch, sent } = await answeredTogether();
    void batch.add(5);
    await new Promise(process.nextTick);
    expect(sent).toEqual([[1, 2, 3, 4]]);
    void batch.add(6);
    await new Promise(process.nextTick);
    expect(sent).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  it('does not wait long for those who do not ask again', async () => {
    const { batch, sent } = await answeredTogether();
    void batch.add(5);
    while (sent.length < 2) await sleep(1);
    await sleep(2);
    void batch.add(6);
    await new Promise(process.nextTick);
    expect(sent).toEqual([[1, 2, 3, 4], [5], [6]]);
  });

  it('does not wait for commands that never end', async () => {
    const { batch, sent } = held();
    for (const item of [1, 2, 3]) {
      void batch.add(item);
      await new Promise(process.nextTick);
    }
    while (sent.length < 3) await sleep(1);
    expect(sent).toEqual([[1], [2], [3]]);
  });

  it('is refused one by one where only one is wrong, and all together where the command fails', async () => {
    const batch = new Batch(async (items: readonly string[]) => {
      if (items.includes('away')) throw new Error('away');
      return items.map((item) => (item === 'wrong' ? new Error('wrong') : item));
    }, 2);
    const one = await Promise.allSettled(['a', 'wrong', 'b'].map((item) => batch.add(item)));
    expect(one.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const all = await Promise.allSettled(['a', 'away'].map((item) => batch.add(item)));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('goes one by one while nothing is to wait for anything else', async () => {
    const sent: (readonly number[])[] = [];
    const apart = new Batch(
      async (items: readonly number[]) => {
        sent.push(items);
        return items;
      },
      2,
      () => true,
    );
    await Promise.all([1, 2].map((item) => apart.add(item)));
    expect(sent).toEqual([[1], [2]]);
  });

  it('is cut where it is too much for one command', async () => {
    const sizes: number[] = [];
    const batch = new Batch(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    }, 2);
    await Promise.all(Array.from({ length: 250 }, (_, i) => batch.add(i)));
    expect(sizes).toEqual([100, 100, 50]);
  });
});
