import { describe, expect, it } from 'vitest';
import { isJwt, withoutJwts } from './jwt.js';

const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_';

describe('A text', () => {
  it.each([
    [TOKEN, true],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', true],
    ['65a51f3e9b1c4d0012ab34cd', false],
    ['eyJhbGciOiJFUzI1NiJ9', false],
    [`the token ${TOKEN}`, false],
  ])('has the form of a token or not: %s', (text, expected) => {
    expect(isJwt(text)).toBe(expected);
  });

  it('is told without the tokens in it', () => {
    expect(withoutJwts(`client ${TOKEN}: not found, nor ${TOKEN}`)).toBe('client …: not found, nor …');
  });

  it.each([
    [`x${TOKEN}.y`, 'x….y'],
    [`a.b.${TOKEN}`, 'a.b.…'],
    [`${TOKEN}.${TOKEN}`, '….…'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', '…'],
    ['eyJhbGci..c2ln and eyJhbGci.eyJh', 'eyJhbGci..c2ln and eyJhbGci.eyJh'],
    ['eyJ.eyJh.c2ln', 'eyJ.eyJh.c2ln'],
  ])('is told without the tokens in it, wherever they are: %s', (text, shown) => {
    expect(withoutJwts(text)).toBe(shown);
  });
});
