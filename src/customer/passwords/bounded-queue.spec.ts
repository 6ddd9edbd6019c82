import { describe, expect, it } from 'vitest';
import { BoundedQueue } from './bounded-queue.js';

class Full extends Error {}

/** Returns a task that ends when it is told to. */
function aTask() {
  let started = false;
  let end: (result: string) => void = () => undefined;
  let fail: (reason: Error) => void = () => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const run = () => {
    started = true;
    return ended;
  };
  return { run, end, fail, isStarted: () => started };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('A bounded queue', () => {
  const open = () => new BoundedQueue({ atOnce: 2, waiting: 3 }, () => new Full());

  it('runs two tasks at once, and the next one when one ends', async () => {
    const queue = open();
    const tasks = [aTask(), aTask(), aTask()];
    const results = tasks.map((task) => queue.run(task.run));
    await settle();
    expect(tasks.map((task) => task.isStarted())).toEqual([true, true, false]);
    tasks[0]?.end('first');
    await settle();
    expect(tasks[2]?.isStarted()).toBe(true);
    tasks[1]?.end('second');
    tasks[2]?.end('third');
    expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
  });

  it('turns new callers away when it is full, and keeps those already in it [P-03]', async () => {
    const queue = open();
    const tasks = Array.from({ length: 5 }, aTask);
    const results = tasks.map((task) => queue.run(task.run));
    await expect(queue.run(aTask().run)).rejects.toThrow(Full);
    tasks.forEach((task, i) => task.end(`task ${i}`));
    expect(await Promise.all(results)).toHaveLength(5);
  });

  it('goes on after a task has failed', async () => {
    const queue = open();
    const failing = [aTask(), aTask()];
    const failures = Promise.allSettled(failing.map((task) => queue.run(task.run)));
    const next = queue.run(async () => 'next');
    failing.forEach((task) => task.fail(new Error('broken')));
    expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await next).toBe('next');
    expect(await queue.run(async () => 'after that')).toBe('after that');
  });

  it('has all its places again once everybody has left', async () => {
    const queue = open();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 5 }, () => queue.run(async () => 'done')));
    }
    const tasks = [aTask(), aTask(), aTask()];
    tasks.forEach((task) => void queue.run(task.run));
    await settle();
    expect(tasks.map((task) => task.isStarted())).toEqual([true, true, false]);
    tasks.forEach((task) => task.end('end'));
  });
});
