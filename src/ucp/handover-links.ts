import { Injectable } from '@nestjs/common';
import { type HandoverLink, HandoverService } from '../session-handover/index.js';
import type { Session } from '../session/index.js';

/** Makes the `continue_url` of carts. */
export abstract class HandoverLinks {
  /** @returns a link by which the shopper's browser takes the session over */
  abstract linkFor(session: Session): Promise<HandoverLink>;
}

@Injectable()
export class SessionHandoverLinks extends HandoverLinks {
  constructor(private readonly handover: HandoverService) {
    super();
  }

  override linkFor(session: Session): Promise<HandoverLink> {
    return this.handover.linkFor(session);
  }
}
