import { failed, type Finding, ok, skipped, warning } from './check.js';

/** Shares of the disk that must be free. Below the first, the check warns; below the second, it fails. */
const LITTLE = 0.2;
const TOO_LITTLE = 0.05;

export interface Space {
  readonly free: number;
  readonly whole: number;
  readonly stored: number;
}

/** In bytes. */
export function spaceFinding({ free, whole, stored }: Space): Finding {
  if (whole === 0) return skipped('disk', 'its size is unknown');
  const part = free / whole;
  const found = `${Math.round(part * 100)} % free (${sizeText(free)}); the store takes ${sizeText(stored)}`;
  const advice = 'Make room or move the store to a larger disk: a store without room takes no writes';
  if (part < TOO_LITTLE) return failed('disk', found, advice);
  return part < LITTLE ? warning('disk', found, advice) : ok('disk', found);
}

function sizeText(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.ceil(bytes / 2 ** 10)} KiB`;
  return bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
