import { InvalidInput } from '../shared/domain-error.js';
import type { KeptKey } from './idempotency.types.js';

/** As `Idempotency-Key: "8e03978e"`, a string of RFC 9651, or without the quotes, as many clients send it. */
const KEY = /^(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;

/** @returns undefined without the header @throws InvalidInput */
export function keyIn(header: unknown): string | undefined {
  if (header === undefined) return undefined;
  const [, quoted, bare] = KEY.exec(String(header).trim()) ?? [];
  const key = quoted ?? bare;
  if (key === undefined)
    throw InvalidInput.of(
      'Idempotency-Key',
      'must have 1 to 255 printable ASCII characters, in quotes or without',
    );
  return key;
}

/** What a request with a key gets. */
export type Ruling = 'other-request' | 'under-way' | 'repeated';

export function rulingOn(known: KeptKey, fingerprint: string): Ruling {
  if (known.fingerprint !== fingerprint) return 'other-request';
  return known.answer ? 'repeated' : 'under-way';
}

/** Tells whether a key is free at `now`: it has ended, or the request that took it never answered. */
export const isFree = ({ answer, claimedUntil, erasedAt }: KeptKey, now: Date): boolean =>
  erasedAt <= now || (answer === undefined && claimedUntil <= now);

/** A refusal that may not hold later: if the same request is sent again, it is decided again. */
const PASSING: ReadonlySet<number> = new Set([400, 401, 403, 408, 413, 415, 429]);

export const isKept = (status: number): boolean => status < 500 && !PASSING.has(status);
