import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../../../shared/domain-error.js';

/** A record as it was read; `rev` names this very state of it. */
export interface Stored<T> {
  readonly value: T;
  readonly rev: string;
  /** Whether events stand in the record that are not in the log yet. */
  readonly hasUnsent?: boolean;
}

export interface RecordAccess<T> {
  read(id: string): Promise<Stored<T> | undefined>;

  /** @returns false when the record is not, or no longer, as in `from`: nothing was written */
  write(id: string, from: Stored<T> | undefined, next: T): Promise<boolean>;
}

export interface Decision<T, R> {
  /** Returning the given record writes nothing. */
  readonly next: T | undefined;
  readonly result: R;
}

interface Change<T> {
  /** Only `settle` tells the caller the result. */
  decide(current: T | undefined): T | undefined;
  settle(): void;
  fail(error: unknown): void;
}

/** Decided in one turn of the event loop: with the largest records, some tens of milliseconds. */
const MOST_AT_ONCE = 50;

/** Other writers were faster each time; after this many attempts, the store counts as unavailable. */
const MOST_ATTEMPTS = 50;
const LONGEST_PAUSE_MS = 50;

/**
 * Reads, decides, writes conditionally, and starts over when another instance was faster. Concurrent changes of one
 * record in this process are decided one after another on one read, and written with one write: a hundred of them are a
 * few round trips, not a hundred rounds of lost races. Each caller gets its own result, or what its own decision threw,
 * once the write of its group is known to have happened.
 */
export class CoalescingWriter<T> {
  private readonly queues = new Map<string, Change<T>[]>();

  constructor(private readonly records: RecordAccess<T>) {}

  /**
   * @param decide must be pure: it runs again after a lost race
   * @param known as it was read a moment ago, which may save a read: a write is conditional anyway
   * @throws whatever `decide` throws, and what reading and writing throws
   */
  change<R>(id: string, decide: (current: T | undefined) => Decision<T, R>, known?: Stored<T>): Promise<R> {
    return new Promise((resolve, reject) => {
      let settle = (): void => undefined;
      this.enqueue(id, known, {
        decide: (current) => {
          try {
            const { next, result } = decide(current);
            settle = () => resolve(result);
            return next;
          } catch (error) {
            settle = () => reject(error);
            return current;
          }
        },
        settle: () => settle(),
        fail: reject,
      });
    });
  }

  private enqueue(id: string, known: Stored<T> | undefined, change: Change<T>): void {
    const queue = this.queues.get(id);
    if (queue) {
      queue.push(change);
      return;
    }
    const started = [change];
    this.queues.set(id, started);
    void this.drain(id, started, known);
  }

  /**
   * A change is decided on a read that began after the change arrived, so that nobody is told what was true before. A
   * `known` record serves only for a write, which proves that it is current.
   */
  private async drain(id: string, queue: Change<T>[], known: Stored<T> | undefined): Promise<void> {
    for (let from = known; queue.length > 0; from = undefined) {
      const group = queue.splice(0, MOST_AT_ONCE);
      try {
        if (!from || (await this.attempt(id, group, from)) !== 'written') await this.commit(id, group);
        for (const change of group) change.settle();
      } catch (error) {
        for (const change of group) change.fail(error);
      }
    }
    this.queues.delete(id);
  }

  private async commit(id: string, group: readonly Change<T>[]): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** attempt));
      const from = await this.records.read(id);
      if ((await this.attempt(id, group, from)) !== 'lost') return;
    }
    throw new StoreUnavailable({ cause: new Error(`${id}: lost ${MOST_ATTEMPTS} races in a row`) });
  }

  private async attempt(
    id: string,
    group: readonly Change<T>[],
    from: Stored<T> | undefined,
  ): Promise<'written' | 'unchanged' | 'lost'> {
    let next = from?.value;
    for (const change of group) next = change.decide(next);
    if (next === undefined || next === from?.value) return 'unchanged';
    return (await this.records.write(id, from, next)) ? 'written' : 'lost';
  }
}
