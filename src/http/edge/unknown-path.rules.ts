import type { Config } from '../../config/config.schema.js';

export type Switches = Pick<Config, 'MCP' | 'UCP'>;

/** Parts of the service that are there only if a setting says so. */
const SWITCHED: readonly (readonly [setting: keyof Switches, prefix: string, paths: RegExp])[] = [
  ['MCP', '/mcp', /^\/mcp(?:\/|$)/],
  ['UCP', '/ucp', /^\/(?:\.well-known\/)?ucp(?:\/|$)/],
];

/**
 * Says why nothing is served, where the reason is an easy mistake.
 * @param path without its query
 */
export function reasonOfUnknown(path: string, settings: Switches): string | undefined {
  const off = SWITCHED.find(([setting, , paths]) => settings[setting] === 'off' && paths.test(path));
  if (off) return `${off[1]} is switched off; it is served if the setting ${off[0]} is on`;
  // Many clients put a base address and a path together without looking at the slashes.
  if (path.includes('//')) return 'Nothing is served at this path, which has two slashes in a row';
  return undefined;
}
