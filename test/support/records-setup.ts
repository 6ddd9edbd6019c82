import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Each run has a folder of its own for what it logs; the workers find it in the environment. Vitest calls this for
 * each project: the first call makes the folder that all share.
 */
export default function setup(): (() => void) | undefined {
  if (process.env.TEST_RUN_RECORDS) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'onesession-records-'));
  process.env.TEST_RUN_RECORDS = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
