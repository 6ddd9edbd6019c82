import type { CalculatedCart } from '../cart/totals/cart-totals.types.js';
import type { Session } from '../session/session.types.js';
import type { JsonObject } from '../shared/json.js';
import { UCP_VERSION } from '../shared/ucp.js';
import { linesOf, totalsOf, type UcpLine, type UcpTotal } from './ucp-cart.rules.js';
import { contextOf } from './ucp-context.rules.js';
import { CART } from './ucp-profile.rules.js';
import type { Message } from './ucp.types.js';

interface Envelope {
  readonly version: string;
  readonly status: string;
  readonly capabilities: Readonly<Record<string, readonly { readonly version: string }[]>>;
}

export interface CartBody {
  readonly ucp: Envelope;
  readonly id: string;
  readonly line_items: readonly UcpLine[];
  readonly context: JsonObject;
  readonly currency: string;
  readonly totals: readonly UcpTotal[];
  readonly messages?: readonly Message[];
  readonly continue_url?: string;
  readonly expires_at?: string;
}

export interface RefusalBody {
  readonly ucp: Envelope;
  readonly messages: readonly Message[];
}

const envelope = (status: 'success' | 'error'): Envelope => ({
  version: UCP_VERSION,
  status,
  capabilities: { [CART]: [{ version: UCP_VERSION }] },
});

/** Nothing can be acted on: whatever would be recoverable in a cart needs a new call. */
export const refusalBody = (messages: readonly Message[]): RefusalBody => ({
  ucp: envelope('error'),
  messages: messages.map((one) => (one.type === 'error' ? { ...one, severity: 'unrecoverable' } : one)),
});

export const canceledBody = (calculated: CalculatedCart, session: Session): CartBody => ({
  ucp: envelope('success'),
  id: calculated.cart.id,
  line_items: linesOf(calculated),
  context: contextOf(session),
  currency: calculated.cart.currency,
  totals: totalsOf(calculated),
});

export const cartBody = ({
  calculated,
  session,
  messages,
  link,
}: {
  readonly calculated: CalculatedCart;
  readonly session: Session;
  readonly messages: readonly Message[];
  readonly link?: { readonly url: string };
}): CartBody => ({
  ...canceledBody(calculated, session),
  ...(messages.length > 0 && { messages }),
  ...(link && { continue_url: link.url }),
  ...(session.lifetime && { expires_at: session.lifetime.aliveUntil.toISOString() }),
});
