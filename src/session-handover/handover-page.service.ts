import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CartRepository } from '../cart/index.js';
import { deviceOf } from '../customer-login/index.js';
import type { Session } from '../session/index.js';
import { TenantService } from '../tenant/index.js';
import { SessionOpener } from '../vtex/index.js';
import type { HandoverOpenedDto, HandoverPreviewDto } from './dto/handover.dto.js';
import { HandoverRedemption, type PresentedLink } from './handover-redemption.js';

/** What the page at `/handover/{tenant}` shows and does. */
@Injectable()
export class HandoverPageService {
  constructor(
    private readonly redemption: HandoverRedemption,
    private readonly carts: CartRepository,
    private readonly tenants: TenantService,
    private readonly opener: SessionOpener,
  ) {}

  /** Tells only how much is in the cart, not what, because a stranger may have got the link. @throws as `look` does */
  async preview(presented: PresentedLink): Promise<HandoverPreviewDto> {
    const { link, session } = await this.redemption.look(presented);
    const { shopUrl } = await this.tenants.handover(presented.tenant);
    const siteCode = session.context?.siteCode.value;
    return {
      shop: shopUrl === undefined ? presented.tenant : new URL(shopUrl).host,
      ...(siteCode !== undefined && { siteCode }),
      items: await this.linesOf(session),
      expiresAt: link.endsAt.toISOString(),
    };
  }

  /** Uses the link up, and gives the browser the cookies of the session. @throws as `look` does */
  async open(
    presented: PresentedLink,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<HandoverOpenedDto> {
    const named = await this.redemption.open(presented, deviceOf(request));
    await this.opener.open(named, request, reply);
    const { shopUrl } = await this.tenants.handover(presented.tenant);
    return shopUrl === undefined ? {} : { shopUrl };
  }

  private async linesOf({ tenant, context }: Session): Promise<number> {
    const cartId = context?.cartId?.value;
    const cart = cartId === undefined ? undefined : await this.carts.find(tenant, cartId);
    return cart?.status === 'OPEN' ? cart.items.length : 0;
  }
}
