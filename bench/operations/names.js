/** What is measured, in the order of the tables. */
export const OPERATIONS = {
  'read-by-id': 'read a context by id',
  'read-own': 'read your own context',
  'anonymous-login': 'anonymous login',
  'add-attribute': 'add an attribute',
  'first-cart': 'first cart with its context',
  'vtex-read': 'VTEX: read a session',
  'vtex-change': 'VTEX: change with six apps',
  'customer-login': 'customer login (argon2id)',
};

/** Of a bare server. */
export const HELLO = {
  id: 'hello',
  requests: async () => [{ path: '/hello', headers: {} }],
  answer: { status: 200, text: '{"hello":"world"}' },
};
