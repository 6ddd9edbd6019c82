import type { Session } from '../../session/session.types.js';

interface Called {
  readonly tenant: string;
  readonly scopes: readonly string[];
  /** IP address of the client. */
  readonly address: string;
  /** The header as it was sent. It identifies a customer. */
  readonly saasToken?: string;
}

export interface ShopperCaller extends Called {
  readonly kind: 'shopper';
  readonly session: Session;
}

export interface ServiceCaller extends Called {
  readonly kind: 'service';
  /** The session that the caller says it acts for (W-48). */
  readonly sessionId?: string;
}

export type CartCaller = ShopperCaller | ServiceCaller;
