import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Renews the cookie by which a browser holds its session after a change of credentials. The VTEX dialect, which follows
 * this feature in the import order, implements this port.
 */
export abstract class BrowserCookies {
  /**
   * A login or a new password ends earlier session tokens, and the browser may hold one as a cookie. If the request
   * carries such a cookie of this session, this sets its successor in the answer.
   */
  abstract renew(
    request: FastifyRequest,
    reply: FastifyReply,
    session: { readonly tenant: string; readonly sessionId: string },
  ): Promise<void>;
}
