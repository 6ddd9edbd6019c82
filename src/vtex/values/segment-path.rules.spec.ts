import { describe, expect, it } from 'vitest';
import { withWholeToken } from './segment-path.rules.js';

describe('The path of a segment token', () => {
  it.each([
    ['/api/segments/ab/cd//ef=', '/api/segments/ab%2Fcd%2F%2Fef='],
    ['/api/segments/ab/cd?a=/b/?c', '/api/segments/ab%2Fcd?a=/b/?c'],
    ['/api/segments/ab/cd/', '/api/segments/ab%2Fcd/'],
  ])('is one part, whatever is in it: %s', (url, path) => expect(withWholeToken(url)).toBe(path));

  it.each([
    '/api/segments',
    '/api/segments/',
    '/api/segments/ab',
    '/api/segments?a=/api/segments/a/b',
    '/cart/a/b',
    '*',
  ])('is left as it is: %s', (url) => expect(withWholeToken(url)).toBe(url));
});
