import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The port through which a change of credentials renews the cookie by which a browser holds its session. The VTEX
 * dialect, which comes after this feature, implements it.
 */
export abstract class BrowserCookies {
  /**
   * A login or a new password ends the session tokens of before, one of which the browser may hold as a cookie. If the
   * request carries such a cookie of this session, the answer sets its successor.
   */
  abstract renew(
    request: FastifyRequest,
    reply: FastifyReply,
    session: { readonly tenant: string; readonly sessionId: string },
  ): Promise<void>;
}
