import { describe, expect, it } from 'vitest';
import { cartNotFound, noteAbout, refusedLine } from './ucp-messages.rules.js';

describe('A message to an agent', () => {
  it('names the line or the value that it is about', () => {
    expect(refusedLine(2, 'item_unavailable', 'Not sold.', '.item.id')).toEqual({
      type: 'error',
      code: 'item_unavailable',
      path: '$.line_items[2].item.id',
      content: 'Not sold.',
      severity: 'recoverable',
    });
    expect(refusedLine(0, 'x', 'y').path).toBe('$.line_items[0]');
    expect(noteAbout('currency', 'x', 'y')).toMatchObject({ type: 'warning', path: '$.context.currency' });
  });

  it('about a cart that is not there gives nothing to act on', () => {
    expect(cartNotFound).toMatchObject({ type: 'error', code: 'not_found', severity: 'unrecoverable' });
  });
});
