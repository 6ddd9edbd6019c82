import { McpServer } from '@modelcontextprotocol/server';
import { holdsScope, type Principal } from '../../auth/index.js';
import { VERSION } from '../../shared/version.js';
import { SHOPPER_TOOLS } from '../tools/shopper-tools.js';
import { STAFF_TOOLS } from '../tools/staff-tools.js';
import type { Tool, ToolSurroundings } from '../tools/tool.js';

const INSTRUCTIONS =
  'One shopping session with its site, currency, country, language, custom attributes and cart. Read before you change. ' +
  'Each answer has `next`: what to do then. Refusals say what to correct.';

/** The tools that a token gives access to. The routes check again whether each call is allowed. */
const toolsOf = (principal: Pick<Principal, 'kind' | 'scopes'>): readonly Tool[] =>
  principal.kind === 'service'
    ? STAFF_TOOLS.filter(({ scopes }) => scopes.every((scope) => holdsScope(principal.scopes, scope)))
    : SHOPPER_TOOLS;

/** Makes a server for one request. It keeps no state. */
export function mcpServer(principal: Principal, around: ToolSurroundings): McpServer {
  const server = new McpServer(
    { name: 'onesession', title: 'onesession', version: VERSION },
    { instructions: INSTRUCTIONS },
  );
  for (const { name, title, description, input, readOnly, run } of toolsOf(principal)) {
    const annotations = { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (args) =>
      run(args, around),
    );
  }
  return server;
}
