import type { FastifyReply } from 'fastify';
import { rateLimitHeader } from '../../rate-limit/index.js';
import { SEGMENT_COOKIE } from '../caller/caller-reader.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { type AskedItems, shownItems } from './items.rules.js';
import { vtexCookie } from './session-cookies.js';
import type { SessionTokensDto } from './session.dto.js';
import type { VtexTokens } from './vtex-session.service.js';

/**
 * Sends the tokens in the body and as cookies (W-63). Headers name apps that failed or loop (D-15, D-16), and inputs
 * that had no effect or are missing (F-55, F-52).
 * @param items what the body shows of the session besides its tokens (F-50)
 */
export function tokensAnswer(
  reply: FastifyReply,
  caller: VtexCaller,
  { id, sessionToken, segmentToken, values, troubles, hints, quota }: VtexTokens,
  items?: AskedItems,
): SessionTokensDto {
  const { looping, failed } = troubles;
  const { ignored, missing } = hints;
  void reply.headers({
    'set-cookie': [
      vtexCookie(caller.sessionCookie, sessionToken, caller),
      vtexCookie(SEGMENT_COOKIE, segmentToken, caller),
    ],
    'cache-control': 'private, no-store',
    ...(looping.length > 0 && { 'x-session-apps-looping': looping.join(', ') }),
    ...(quota && { ratelimit: rateLimitHeader(quota) }),
    ...(failed.length > 0 && { 'x-session-apps-failed': failed.join(', ') }),
    ...(ignored.length > 0 && { 'x-session-inputs-ignored': ignored.join(', ') }),
    ...(missing.length > 0 && { 'x-session-inputs-missing': missing.join(', ') }),
  });
  if (!items) return { sessionToken, segmentToken };
  return { id, sessionToken, segmentToken, namespaces: shownItems(values, items, caller) };
}
