import { getSystemErrorMessage } from 'node:util';

/** Returns in words why the operating system refused, such as `permission denied` (F-40). */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const number = 'errno' in error ? error.errno : 'code' in error ? error.code : undefined;
  // lmdb reports the number without its sign.
  const words = typeof number === 'number' ? getSystemErrorMessage(-Math.abs(number)) : undefined;
  return words ?? error.message;
}

/** Whether the operating system refused, to Node or to lmdb, whose errors have a number as their code. */
export const isOfSystem = (error: unknown): boolean =>
  error instanceof Error && ('errno' in error || ('code' in error && typeof error.code === 'number'));
