import type { FastifyReply } from 'fastify';
import { setCookie } from '../../http/cookies.js';
import { rateLimitHeader } from '../../rate-limit/index.js';
import type { SessionTokensDto } from '../dto/session.dto.js';
import { SEGMENT_COOKIE, SESSION_COOKIE } from './caller-reader.js';
import { SESSION_TOKEN_SECONDS } from './session-saver.service.js';
import type { VtexCaller } from './vtex-caller.js';
import type { VtexTokens } from './vtex-session.service.js';

/** The tokens as body and as cookies (W-63), and the names of apps that were in trouble as headers (D-15, D-16). */
export function tokensAnswer(
  reply: FastifyReply,
  { settings }: Pick<VtexCaller, 'settings'>,
  { sessionToken, segmentToken, troubles, quota }: VtexTokens,
): SessionTokensDto {
  const options = { maxAgeSeconds: SESSION_TOKEN_SECONDS, crossSite: settings.crossSiteCookies === true };
  const { looping, failed } = troubles;
  void reply.headers({
    'set-cookie': [
      setCookie(SESSION_COOKIE, sessionToken, options),
      setCookie(SEGMENT_COOKIE, segmentToken, options),
    ],
    'cache-control': 'private, no-store',
    ...(looping.length > 0 && { 'x-session-apps-looping': looping.join(', ') }),
    ...(quota && { ratelimit: rateLimitHeader(quota) }),
    ...(failed.length > 0 && { 'x-session-apps-failed': failed.join(', ') }),
  });
  return { sessionToken, segmentToken };
}
