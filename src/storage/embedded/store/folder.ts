import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Step by step: Node's own `recursive` (24.21) never returns where nothing can be made, such as below /proc (F-40). */
export function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  const parent = dirname(folder);
  if (!found && parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
