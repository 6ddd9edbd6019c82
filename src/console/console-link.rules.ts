import { holdsScope } from '../auth/tokens/scopes.rules.js';
import type { Client } from '../oauth/client.types.js';
import type { ConsoleLink } from './console-link.types.js';

/** Long enough to carry the link from a terminal to a browser. */
export const LINK_SECONDS = 300;

/** One look at a customer's problem. The console asks for another sign-in after that. */
const TOKEN_SECONDS = 1800;

/** Returns what a link grants now. @returns undefined if it opens nothing */
export function grantOf(
  link: ConsoleLink | undefined,
  client: Client | undefined,
  now: Date,
): readonly string[] | undefined {
  if (!link || !client?.enabled || link.endsAt <= now || tokenSeconds(link, now) < 1) return undefined;
  if (client.tenant !== link.tenant || client.epoch !== link.epoch) return undefined;
  const scopes = link.scopes.filter((scope) => holdsScope(client.scopes, scope));
  return scopes.length > 0 ? scopes : undefined;
}

/** Returns the lifetime of the token that a usable link grants, in whole seconds. */
export const tokenSeconds = ({ grantEndsAt }: ConsoleLink, now: Date): number =>
  Math.min(TOKEN_SECONDS, Math.floor((grantEndsAt.getTime() - now.getTime()) / 1000));
