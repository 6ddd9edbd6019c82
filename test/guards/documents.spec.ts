import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../scripts/configuration/page.js';
import { STATUS } from '../../src/http/error.filter.js';

describe('The documents', () => {
  it('list every setting as the schema has it (npm run docs)', () => {
    expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
  });

  it('list exactly the error kinds that there are, each with its status', () => {
    const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm);
    const documented = Object.fromEntries([...rows].map(([, kind, status]) => [kind, Number(status)]));
    expect(documented).toEqual(STATUS);
  });
});
