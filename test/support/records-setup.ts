import { rmSync } from 'node:fs';
import { RECORDS } from './run-records.js';

/** Each run begins with no logs of the one before. */
export default function setup(): void {
  rmSync(RECORDS, { recursive: true, force: true });
}
