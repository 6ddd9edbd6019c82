import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NamedSession } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { needsSecureCookies } from '../../http/cookies.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { TenantService } from '../../tenant/index.js';
import { tokensAnswer } from './tokens-answer.js';
import { VtexSessionService } from './vtex-session.service.js';

/** Opens a session in a browser that did not begin it. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: VtexSessionService,
    private readonly tenants: TenantService,
    private readonly config: Config,
  ) {}

  /**
   * Sets `vtex_session` and `vtex_segment`. The browser's own cookies are not looked at, so a person who is logged in there
   * does not become the person of a session that another device shares.
   * @throws Unauthenticated if there is no such tenant or session
   */
  async open({ epoch, ...key }: NamedSession, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const settings = await this.tenants.vtexSettings(key.tenant);
    if (!settings) throw new Unauthenticated('dead-handover');
    const caller = {
      tenant: key.tenant,
      settings,
      claims: [{ by: 'session-token', key, epoch } as const],
      cookies: new Map(),
      sessionCookie: this.config.VTEX_SESSION_COOKIE,
      secureCookies: needsSecureCookies(request, this.config),
      isBrowser: false,
      isPrivate: false,
      address: request.ip,
      requestId: request.id,
    };
    tokensAnswer(reply, caller, await this.sessions.changeKnown(caller, new Map()));
  }
}
