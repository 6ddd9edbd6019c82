import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Records of a whole test run: what it logged, which secrets it issued, and which answers it got. Every shop writes
 * them into this folder, for the tests that run last: `test/logs/secrets.last-spec.ts` looks for the secrets in the
 * log, and `test/wire/answers.last-spec.ts` for every described answer.
 */
export const RECORDS = inject('records');

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const REFRESH_TOKEN = /[0-9a-f]{8}-[0-9a-f-]{27}\.[\w-]{43}/g;
const GIVEN_SECRET = /"(?:password|currentPassword|newPassword|client_secret|token)"\s*:\s*"([^"]{8,})"/g;

/** Sent where any text will do. A path or a message may hold the same text, so to find it proves nothing. */
const FILLER = /^(?:(.)\1*|undefined)$/;

mkdirSync(RECORDS, { recursive: true });

const fileOf = (kind: 'log' | 'secrets' | 'answers'): string => join(RECORDS, `${process.pid}.${kind}`);

export const logDestination = { write: (line: string) => appendFileSync(fileOf('log'), line) };

/** Returns the file of what the services of this process have logged. */
export const ownLog = (): string => fileOf('log');

/**
 * Records that an operation had a status: `GET /cart/{tenant}/carts 200`.
 * @param status followed by ` early` if it was answered before the route was looked at
 */
export function recordAnswer(method: string, route: string, status: string): void {
  const template = route.replaceAll(/:(\w+)/g, '{$1}');
  appendFileSync(fileOf('answers'), `${method} ${template} ${status}\n`);
}

/** Records every token that a text contains. */
export function recordSecrets(text: string): void {
  const given = [...text.matchAll(GIVEN_SECRET)].map(([, secret]) => secret ?? '');
  const real = given.filter((secret) => !FILLER.test(secret));
  const secrets = [...(text.match(JWT) ?? []), ...(text.match(REFRESH_TOKEN) ?? []), ...real];
  if (secrets.length > 0) appendFileSync(fileOf('secrets'), `${secrets.join('\n')}\n`);
}
