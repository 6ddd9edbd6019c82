import { describe, expect, it } from 'vitest';
import { problemsOfTargetUrl } from './target-url.rules.js';

describe('The URL of a tenant’s own server', () => {
  it.each(['https://hooks.acme.test/', 'http://hooks.acme.test:8080/a?b=c'])('may be %s', (url) => {
    expect(problemsOfTargetUrl('url', url)).toEqual([]);
  });

  it.each([
    'ftp://hooks.acme.test/',
    'https://user@hooks.acme.test/',
    'https://:password@hooks.acme.test/',
    'https://hooks.acme.test/#part',
    'hooks.acme.test',
    `https://hooks.acme.test/${'a'.repeat(2048)}`,
  ])('may not be %.60s [P-52]', (url) => {
    expect(problemsOfTargetUrl('target', url)).toEqual([
      { field: 'target', message: expect.stringContaining('http or https') },
    ]);
  });
});
