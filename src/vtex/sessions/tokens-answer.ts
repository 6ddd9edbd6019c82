import type { FastifyReply } from 'fastify';
import { rateLimitHeader } from '../../rate-limit/index.js';
import type { SessionTokensDto } from '../dto/session.dto.js';
import { SEGMENT_COOKIE, SESSION_COOKIE } from './caller-reader.js';
import { vtexCookie } from './session-cookies.js';
import type { VtexCaller } from './vtex-caller.js';
import type { VtexTokens } from './vtex-session.service.js';

/** The tokens as body and as cookies (W-63), and the names of apps that were in trouble as headers (D-15, D-16). */
export function tokensAnswer(
  reply: FastifyReply,
  caller: Pick<VtexCaller, 'settings' | 'secureCookies'>,
  { sessionToken, segmentToken, troubles, quota }: VtexTokens,
): SessionTokensDto {
  const { looping, failed } = troubles;
  void reply.headers({
    'set-cookie': [
      vtexCookie(SESSION_COOKIE, sessionToken, caller),
      vtexCookie(SEGMENT_COOKIE, segmentToken, caller),
    ],
    'cache-control': 'private, no-store',
    ...(looping.length > 0 && { 'x-session-apps-looping': looping.join(', ') }),
    ...(quota && { ratelimit: rateLimitHeader(quota) }),
    ...(failed.length > 0 && { 'x-session-apps-failed': failed.join(', ') }),
  });
  return { sessionToken, segmentToken };
}
