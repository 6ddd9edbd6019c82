import { readFileSync } from 'node:fs';

/** Memory of a process, in bytes. */
export interface Memory {
  /** All that is really there: RSS. */
  readonly resident: number;
  /** Without the files that it sees, such as the embedded store's, which the system takes back when it needs to. */
  readonly own: number;
}

/** By Linux's own account. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024;
  return { resident: bytes('VmRSS'), own: bytes('RssAnon') };
}
