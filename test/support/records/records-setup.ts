import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    records: string;
  }
}

let folder: string | undefined;

/**
 * Makes a folder for what this run logs. Vitest calls this for each project, and all of them share the first one's
 * folder.
 */
export default function setup({ provide }: TestProject): () => void {
  folder ??= mkdtempSync(join(tmpdir(), 'onesession-records-'));
  provide('records', folder);
  return () => rmSync(folder ?? '', { recursive: true, force: true });
}
