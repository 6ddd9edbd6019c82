import { parse } from 'bowser';
import type { FastifyRequest } from 'fastify';

/** In characters. Longer user agents come from no browser, and longer names fit in no list. */
const LONGEST_USER_AGENT = 1_024;
const LONGEST_NAME = 60;

/**
 * A coarse name that a shopper recognises: `Safari on iOS`. Versions are left out, so that it cannot tell one of two
 * shoppers with the same kind of device.
 * @returns undefined for a client that names neither browser nor system
 */
export function deviceName(userAgent: string | undefined): string | undefined {
  if (!userAgent || userAgent.length > LONGEST_USER_AGENT) return undefined;
  const { browser, os } = parse(userAgent);
  const known = [browser.name, os.name].filter((name) => name !== undefined && name !== '');
  return known.length === 0 ? undefined : known.join(' on ').slice(0, LONGEST_NAME);
}

export const deviceOf = ({ headers }: FastifyRequest): string | undefined =>
  deviceName(headers['user-agent']);
