import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json } from '../../src/shared/json.js';
import { expectValid } from './agent.js';

const VERSION = '2026-08-25';
const ADDRESS = 'https://shop.example/x';
const entity = { version: VERSION, schema: ADDRESS };
const totals: Json = [
  { type: 'subtotal', amount: 5, lines: [{ display_text: 'five', amount: 5 }] },
  { type: 'total', amount: 5 },
];
const line = {
  id: '0',
  item: {
    id: 'flour',
    title: 'Flour',
    price: 5,
    quantity_unit: { unit: 'KGM', scale: 1, display_text: 'kg', increment: 5 },
  },
  quantity: 10,
  totals,
};
const said = {
  context: { currency: 'EUR', payment: [{ handler: 'com.example.pay', types: ['card'] }] },
  signals: { 'dev.ucp.buyer_ip': '192.0.2.1' },
  attribution: { utm_source: 'agent' },
  buyer: { first_name: 'Ada' },
};
const cart = {
  ucp: {
    version: VERSION,
    map_order: { capabilities: ['dev.ucp.shopping.cart'] },
    capabilities: { 'dev.ucp.shopping.cart': [{ ...entity, extends: 'dev.ucp.shopping.base' }] },
    services: { 'dev.ucp.shopping': [{ ...entity, transport: 'rest' }] },
    payment_handlers: { 'com.example.pay': [entity] },
  },
  id: '1',
  line_items: [line],
  ...said,
  currency: 'EUR',
  totals,
  actions: { 'com.example.sign': [{ id: 'a' }] },
  links: [{ type: 'faq', url: ADDRESS }],
  policies: [{ type: 'com.example.return', description: { plain: '30 days' }, applies_to: ['$'] }],
  expires_at: '2026-08-25T12:00:00Z',
};
const wanted = { line_items: [{ item: { id: 'flour' }, quantity: 10 }], ...said };
const key = { kid: 'k', kty: 'EC', crv: 'P-256', x: 'x', y: 'y', alg: 'ES256' };
const profile = {
  ucp: {
    version: VERSION,
    services: { 'dev.ucp.shopping': [{ ...entity, transport: 'mcp', endpoint: ADDRESS }] },
    capabilities: { 'dev.ucp.shopping.cart': [entity] },
    payment_handlers: {},
    supported_versions: { '2026-01-11': ADDRESS },
  },
  keys: [key],
};

type Kind = Parameters<typeof expectValid>[0];

const BODIES: Readonly<Record<Kind, Json>> = { answer: cart, create: wanted, update: wanted, profile };

/** Returns the body with another value at a path; `undefined` removes it. */
function withValue(
  body: Json | undefined,
  path: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(body))
    return body.map((one: Json, at) => (at === Number(step) ? (withValue(one, rest, value) ?? null) : one));
  const { [step]: before, ...others } = isJsonObject(body) ? body : {};
  const next = withValue(before, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}

describe('The schemas of the protocol', () => {
  it.each(['answer', 'create', 'update', 'profile'] as const)('allow a full body: %s', (kind) => {
    expect(() => expectValid(kind, BODIES[kind])).not.toThrow();
  });

  it.each([
    ['answer', 'ucp/map_order/capabilities', 'dev.ucp.shopping.cart'],
    ['answer', 'ucp/capabilities/dev.ucp.shopping.cart/0/extends', 'Base'],
    ['answer', 'ucp/capabilities/Cart', []],
    ['answer', 'ucp/services/dev.ucp.shopping/0/transport', undefined],
    ['answer', 'ucp/payment_handlers/com.example.pay/0/version', undefined],
    ['answer', 'line_items/0/item/quantity_unit/increment', 0],
    ['answer', 'line_items/0/item/price', -1],
    ['answer', 'line_items/0/totals/0/amount', -5],
    ['answer', 'context/payment/0/handler', undefined],
    ['answer', 'signals/dev.ucp.buyer_ip', 1],
    ['answer', 'attribution/utm_source', 1],
    ['answer', 'buyer/first_name', 1],
    ['answer', 'totals/0/lines/0/display_text', undefined],
    ['answer', 'totals/1', { type: 'subtotal', amount: 5 }],
    ['answer', 'actions/com.example.sign', []],
    ['answer', 'links/0/url', undefined],
    ['answer', 'policies/0/description', {}],
    ['answer', 'expires_at', 'tomorrow'],
    ['create', 'line_items/0/quantity', 0.5],
    ['create', 'signals', { ip: '192.0.2.1' }],
    ['create', 'attribution', { utm_source: 1 }],
    ['update', 'line_items/0/id', 1],
    ['update', 'buyer', 'Ada'],
    ['profile', 'ucp/services/dev.ucp.shopping/0/endpoint', undefined],
    ['profile', 'ucp/capabilities/dev.ucp.shopping.cart/0/schema', undefined],
    ['profile', 'ucp/payment_handlers', undefined],
    ['profile', 'keys/0/y', undefined],
    ['profile', 'keys/0/alg', 'ES384'],
    ['profile', 'keys/0/d', 'private'],
  ] satisfies [Kind, string, Json | undefined][])('refuse in %s that %s is %j', (kind, path, value) => {
    expect(() => expectValid(kind, withValue(BODIES[kind], path.split('/'), value))).toThrow(`${kind}: `);
  });
});
