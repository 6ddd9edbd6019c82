import { describe, expect, it } from 'vitest';
import { aCart, aSession } from '../../test/support/data/builders.js';
import type { CalculatedCart } from '../cart/totals/cart-totals.types.js';
import { calculate } from '../cart/totals/cart-discounts.rules.js';
import { canceledBody, cartBody, refusalBody } from './ucp-answers.rules.js';
import { refusedLine } from './ucp-messages.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const cart = aCart({ id: 'c1', items: [] });
const calculated: CalculatedCart = calculate(cart, { site: undefined, codes: [], now });
const session = aSession({ lifetime: { aliveUntil: now, goneAt: now } });
const message = refusedLine(0, 'item_unavailable', 'Not sold.');

describe('The answer to an agent', () => {
  it('is a cart with when it ends, and how its shopper goes on', () => {
    const link = { url: 'https://shop.example/handover#secret' };
    expect(cartBody({ calculated, session, messages: [message], link })).toMatchObject({
      ucp: {
        version: '2026-08-25',
        status: 'success',
        capabilities: { 'dev.ucp.shopping.cart': [{ version: '2026-08-25' }] },
      },
      id: 'c1',
      line_items: [],
      messages: [message],
      continue_url: link.url,
      expires_at: '2026-01-15T12:00:00.000Z',
    });
  });

  it('leaves out what there is not', () => {
    const { lifetime: _none, ...endless } = session;
    const body = cartBody({ calculated, session: endless, messages: [] });
    for (const field of ['messages', 'continue_url', 'expires_at']) expect(body).not.toHaveProperty(field);
    expect(canceledBody(calculated, session)).not.toHaveProperty('expires_at');
  });

  it('says that nothing can be acted on if there is no cart', () => {
    expect(refusalBody([message])).toMatchObject({
      ucp: { status: 'error' },
      messages: [{ ...message, severity: 'unrecoverable' }],
    });
  });
});
