import type { Session } from '../../session/session.types.js';

interface Called {
  readonly tenant: string;
  readonly scopes: readonly string[];
  /** Where the call comes from. */
  readonly address: string;
  /** As it was sent: it names a customer. */
  readonly saasToken?: string;
}

export interface ShopperCaller extends Called {
  readonly kind: 'shopper';
  readonly session: Session;
}

export interface ServiceCaller extends Called {
  readonly kind: 'service';
  /** The session that the call says it is made for (W-48). */
  readonly sessionId?: string;
}

export type CartCaller = ShopperCaller | ServiceCaller;
