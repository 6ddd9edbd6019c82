import { Injectable } from '@nestjs/common';
import { CartCalculator } from '../cart/index.js';
import { HandoverLinks } from './handover-links.js';

import { canceledBody, type CartBody, cartBody, type RefusalBody, refusalBody } from './ucp-answers.rules.js';
import type { Outcome } from './ucp-carts.service.js';

/** Writes what an agent reads. */
@Injectable()
export class UcpAnswers {
  constructor(
    private readonly calculator: CartCalculator,
    private readonly links: HandoverLinks,
  ) {}

  async of({ found, messages }: Outcome): Promise<CartBody | RefusalBody> {
    if (!found) return refusalBody(messages);
    const [calculated, link] = await Promise.all([
      this.calculator.calculate(found.cart),
      this.links.linkFor(found.session),
    ]);
    return cartBody({ calculated, session: found.session, messages, ...(link && { link }) });
  }

  /** Without what opens or ends the cart: both are over. */
  async ofCanceled({ found, messages }: Outcome): Promise<CartBody | RefusalBody> {
    if (!found) return refusalBody(messages);
    return canceledBody(await this.calculator.calculate(found.cart), found.session);
  }
}
