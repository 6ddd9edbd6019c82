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

/** A folder of this run for what it logs. Vitest calls this for each project: all of them share the first one's. */
export default function setup({ provide }: TestProject): () => void {
  folder ??= mkdtempSync(join(tmpdir(), 'onesession-records-'));
  provide('records', folder);
  return () => rmSync(folder ?? '', { recursive: true, force: true });
}
