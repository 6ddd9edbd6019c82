import { parse } from 'bowser';
import type { FastifyRequest } from 'fastify';

/** In characters. No browser sends a longer user agent, and no list has room for a longer name. */
const LONGEST_USER_AGENT = 1_024;
const LONGEST_NAME = 60;

/**
 * Returns a coarse name that a shopper recognises: `Safari on iOS`. Versions are left out, so that the name can't tell
 * apart two shoppers with the same kind of device.
 * @returns undefined if the client names neither browser nor system
 */
export function deviceName(userAgent: string | undefined): string | undefined {
  if (!userAgent || userAgent.length > LONGEST_USER_AGENT) return undefined;
  const { browser, os } = parse(userAgent);
  const known = [browser.name, os.name].filter((name) => name !== undefined && name !== '');
  return known.length === 0 ? undefined : known.join(' on ').slice(0, LONGEST_NAME);
}

export const deviceOf = ({ headers }: FastifyRequest): string | undefined =>
  deviceName(headers['user-agent']);
