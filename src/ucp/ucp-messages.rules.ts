import type { Message } from './ucp.types.js';

/** The agent can correct it and send the cart again. */
export const refusedLine = (index: number, code: string, content: string, field = ''): Message => ({
  type: 'error',
  code,
  path: `$.line_items[${index}]${field}`,
  content,
  severity: 'recoverable',
});

export const noteAbout = (field: string, code: string, content: string): Message => ({
  type: 'warning',
  code,
  path: `$.context.${field}`,
  content,
});

/** There is nothing to act on; the same for carts that never were, are gone, or are not the caller's. */
export const cartNotFound: Message = {
  type: 'error',
  code: 'not_found',
  content: 'The cart does not exist, has expired, was canceled, or was taken over by its shopper.',
  severity: 'unrecoverable',
};
