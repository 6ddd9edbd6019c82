import { describe, expect, it } from 'vitest';
import { parseFields, projected } from './projected.rules.js';

const body = {
  id: 'a',
  metadata: { version: 1, createdAt: 'x' },
  items: [{ id: '1', price: 2 }, { id: '2' }],
};

describe('The parts of an answer', () => {
  it.each([
    ['id', { id: 'a' }],
    ['id, metadata', { id: 'a', metadata: body.metadata }],
    ['metadata.version', { metadata: { version: 1 } }],
    ['items.id,nothing', { items: [{ id: '1' }, { id: '2' }] }],
    ['metadata,metadata.version', { metadata: body.metadata }],
    ['__proto__,constructor', {}],
  ])('are those that fields=%s names [W-60]', (fields, parts) => {
    expect(projected(body, parseFields(fields))).toEqual(parts);
    expect(projected([body, body], parseFields(fields))).toEqual([parts, parts]);
  });
});
