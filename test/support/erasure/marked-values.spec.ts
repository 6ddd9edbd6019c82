import { describe, expect, it } from 'vitest';
import { MarkedValues } from './marked-values.js';

describe('A search for marked values', () => {
  const marked = new MarkedValues();
  const value = marked.make('one');
  marked.make('other');
  const bytes = Buffer.from(value);
  const wide = Buffer.from(value, 'utf16le');
  const json = [...value].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');

  it.each([
    ['UTF-8', bytes],
    ['UTF-16, low byte first', wide],
    ['UTF-16, high byte first', Buffer.from(wide).swap16()],
    ['base64', Buffer.from(Buffer.from(`${value}"`).toString('base64'))],
    ['base64, at a second place', Buffer.from(Buffer.from(`"${value}"`).toString('base64'))],
    ['base64, at a third place', Buffer.from(Buffer.from(`{"${value}"`).toString('base64'))],
    ['base64 of UTF-16', Buffer.from(wide.toString('base64'))],
    ['hexadecimal', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['escapes of JSON', Buffer.from(json)],
    ['escapes of a URL', Buffer.from(json.replaceAll('\\u00', '%'))],
  ])('finds one in %s', (_spelling, content) => {
    expect(marked.foundIn(Buffer.concat([Buffer.from('a b'), content, Buffer.from(' c')]))).toEqual(['one']);
  });

  it('finds none where there is none', () => {
    expect(marked.foundIn(Buffer.from('something else'))).toEqual([]);
  });
});
