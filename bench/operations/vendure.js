import { json } from '../lib/ask.js';

const FIRST_LINE = `mutation {
  addItemToOrder(productVariantId: 1, quantity: 1) { __typename ... on Order { code currencyCode totalWithTax } }
}`;

/** Vendure begins a session and an order for a visitor who sends no token: there is nothing to prepare. */
export const VENDURE_OPERATIONS = [
  {
    id: 'first-cart',
    requests: async () => [{ method: 'POST', path: '/shop-api', ...json({ query: FIRST_LINE }) }],
    answer: { status: 200, text: '"__typename":"Order"' },
  },
];
