import { describe, expect, it } from 'vitest';
import { reasonOfUnknown } from './unknown-path.rules.js';

describe('The reason why nothing is served at a path', () => {
  const off = { MCP: 'off', UCP: 'off' } as const;

  it.each([
    ['/mcp', 'MCP'],
    ['/mcp/', 'MCP'],
    ['/ucp', 'UCP'],
    ['/ucp/acme/carts', 'UCP'],
    ['/.well-known/ucp', 'UCP'],
  ])('is the setting that switches it off: %s', (path, setting) => {
    expect(reasonOfUnknown(path, off)).toMatch(
      new RegExp(`^/${setting.toLowerCase()} .* setting ${setting} is on$`),
    );
    expect(reasonOfUnknown(path, { ...off, [setting]: 'on' })).toBeUndefined();
  });

  it.each(['/', '/mcpx', '/ucps/acme', '/x/mcp', '/.well-known/mcp', '/product/ucp'])(
    'is not known: %s',
    (path) => {
      expect(reasonOfUnknown(path, off)).toBeUndefined();
    },
  );
});
