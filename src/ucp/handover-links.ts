import type { Session } from '../session/index.js';

/** A link by which the shopper's browser takes a session over. */
export interface HandoverLink {
  /** Contains a secret. Never log it. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** Makes the `continue_url` of carts. */
export abstract class HandoverLinks {
  /** @returns undefined if sessions can't be handed over */
  abstract linkFor(session: Session): Promise<HandoverLink | undefined>;
}

/** For a service without handover. */
export class NoHandoverLinks extends HandoverLinks {
  override async linkFor(): Promise<undefined> {
    return undefined;
  }
}
