import type { Session } from '../../session/session.types.js';

/** Which sessions a job ends. */
export interface SessionSelection {
  /** Begun earlier than this. */
  readonly createdBefore: Date;
  readonly kind?: Session['kind'];
}

/** Long work that one instance does in batches. It is stored, so that another one can continue it after a crash. */
export interface Job {
  readonly tenant: string;
  readonly id: string;
  readonly state: 'running' | 'done';
  readonly selection: SessionSelection;
  /** Number of sessions that were ended. */
  readonly done: number;
  /**
   * Sessions that are being ended and that `done` does not count yet. Stored before the first of them ends, so that
   * after a crash the whole batch is ended and counted once.
   */
  readonly batch: readonly string[];
  /** Where the search for the next batch goes on. */
  readonly after?: string;
  /** Whether the search has reached the end. */
  readonly searched: boolean;
  /** Names the instance that works on the job; another one each time that it is taken. */
  readonly claim?: string;
  /** From when on an instance may take the job: nobody works on it, or its holder has stopped. Absent once it is done. */
  readonly dueAt?: Date;
  readonly createdAt: Date;
  /** When the store may delete the job. */
  readonly erasedAt: Date;
}
