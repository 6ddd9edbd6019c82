import { StoreUnavailable } from '../../../shared/domain-error.js';

/** lmdb's error for a failed commit. The promise that is rejected a little later says what went wrong. */
interface CommitFailure extends Error {
  readonly commitError: Promise<never>;
}

const isCommitFailure = (error: unknown): error is CommitFailure =>
  error instanceof Error && 'commitError' in error && error.commitError instanceof Promise;

/**
 * Turns a commit that failed into a refusal: the disk is full, or does not take writes. Nothing was written, and the next
 * write may work again.
 */
export async function refusalOf(error: unknown): Promise<unknown> {
  if (!isCommitFailure(error)) return error;
  try {
    return await error.commitError;
  } catch (cause) {
    return new StoreUnavailable({ cause });
  }
}

/**
 * lmdb also rejects an internal promise that no caller can handle. Without this, a full disk would end the process,
 * although reads still work. Every other unhandled rejection ends the process as before.
 */
export function outliveFailedCommits(): void {
  if (process.listeners('unhandledRejection').includes(outlive)) return;
  process.on('unhandledRejection', outlive);
  leaveUnprinted();
}

/**
 * lmdb also prints each commit that fails, with its stack. On a disk that is full, that is what fills the log. Those
 * who wait for the commit are told anyway.
 */
function leaveUnprinted(): void {
  const print = console.error;
  console.error = (...what: unknown[]): void => {
    if (!isOfLmdb(what[0])) print(...what);
  };
}

/** The operating system's errors have a name as their code; lmdb's have a number. */
const isOfLmdb = (what: unknown): boolean =>
  what instanceof Error &&
  'code' in what &&
  typeof what.code === 'number' &&
  /[\\/]lmdb[\\/]/.test(what.stack ?? '');

function outlive(reason: unknown): void {
  if (!isCommitFailure(reason)) throw reason;
  reason.commitError.catch(() => undefined);
}
