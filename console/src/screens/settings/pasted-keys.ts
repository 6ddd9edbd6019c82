import { isRecord } from '../../api/api-error.ts';

/** What a person pasted: keys to send, or why it is not sent. */
export type Pasted =
  | { readonly keys: readonly unknown[]; readonly problem?: undefined }
  | { readonly problem: 'unreadable' | 'private' };

/** Members that only private and symmetric keys have (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const PEM = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g;

/** Reads a JWK, a JSON Web Key Set or PEM text. A private key never leaves the page. */
export function pastedKeys(text: string): Pasted {
  const keys = text.match(PEM) ?? keysInJson(text);
  if (keys.length === 0) return { problem: 'unreadable' };
  return keys.some(isPrivate) ? { problem: 'private' } : { keys };
}

function keysInJson(text: string): readonly unknown[] {
  try {
    const json: unknown = JSON.parse(text);
    if (!isRecord(json)) return [];
    return Array.isArray(json.keys) ? json.keys : [json];
  } catch {
    return [];
  }
}

function isPrivate(key: unknown): boolean {
  if (typeof key === 'string') return key.includes('PRIVATE KEY');
  return isRecord(key) && SECRET_MEMBERS.some((member) => member in key);
}
