import type { FastifyReply } from 'fastify';
import { rateLimitHeader } from '../../rate-limit/index.js';
import type { SessionTokensDto } from '../dto/session.dto.js';
import { SEGMENT_COOKIE } from './caller-reader.js';
import { type AskedItems, shownItems } from './items.rules.js';
import { vtexCookie } from './session-cookies.js';
import type { VtexCaller } from './vtex-caller.js';
import type { VtexTokens } from './vtex-session.service.js';

/**
 * The tokens as body and as cookies (W-63), and the names of apps that were in trouble as headers (D-15, D-16).
 * @param items what the body shows of the session beside its tokens (F-50)
 */
export function tokensAnswer(
  reply: FastifyReply,
  caller: VtexCaller,
  { id, sessionToken, segmentToken, values, troubles, quota }: VtexTokens,
  items?: AskedItems,
): SessionTokensDto {
  const { looping, failed } = troubles;
  void reply.headers({
    'set-cookie': [
      vtexCookie(caller.sessionCookie, sessionToken, caller),
      vtexCookie(SEGMENT_COOKIE, segmentToken, caller),
    ],
    'cache-control': 'private, no-store',
    ...(looping.length > 0 && { 'x-session-apps-looping': looping.join(', ') }),
    ...(quota && { ratelimit: rateLimitHeader(quota) }),
    ...(failed.length > 0 && { 'x-session-apps-failed': failed.join(', ') }),
  });
  if (!items) return { sessionToken, segmentToken };
  return { id, sessionToken, segmentToken, namespaces: shownItems(values, items, caller) };
}
