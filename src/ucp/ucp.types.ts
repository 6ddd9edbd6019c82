import type { Agent } from '../shared/acting-agent.js';
import type { JsonObject } from '../shared/json.js';

/** The client of a shopping agent, and the profile that it claims. */
export interface ShoppingAgent extends Agent {
  readonly profile: string;
}

/** A line that an agent wants. */
export interface WantedLine {
  readonly productId: string;
  readonly quantity: number;
  /** The line to keep. Absent: any line of that product, else a new one. */
  readonly lineId?: string;
  /** Unit that the agent counts in. Absent: whatever the product is sold in. */
  readonly unit?: { readonly unit: string; readonly scale: number };
}

/** What an agent says about the shopper, as it was sent. Nothing of it is certain. */
export interface WantedContext {
  readonly country?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly language?: string;
  readonly currency?: string;
  readonly intent?: string;
  readonly eligibility?: readonly string[];
}

/** A cart as an agent wants it. */
export interface WantedCart {
  readonly lines: readonly WantedLine[];
  /** Absent: the context stays as it is. */
  readonly context?: WantedContext;
  /** Campaign parameters by their names in a URL. Absent: they stay as they are. */
  readonly attribution?: JsonObject;
}

/** Where a session shops. */
export interface Place {
  readonly siteCode: string;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  /** BCP 47 */
  readonly language: string;
}

export interface Message {
  readonly type: 'error' | 'warning' | 'info';
  readonly code: string;
  /** RFC 9535 */
  readonly path?: string;
  readonly content: string;
  /** Of errors only. */
  readonly severity?: 'recoverable' | 'unrecoverable';
}
