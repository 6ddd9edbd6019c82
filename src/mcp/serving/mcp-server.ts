import { McpServer } from '@modelcontextprotocol/server';
import { holdsScope, type Principal } from '../../auth/index.js';
import type { Config } from '../../config/config.schema.js';
import { VERSION } from '../../shared/version.js';
import { SHOPPER_TOOLS } from '../tools/shopper-tools.js';
import { STAFF_TOOLS } from '../tools/staff-tools.js';
import type { Tool, ToolSurroundings } from '../tools/tool.js';

const INSTRUCTIONS =
  'One shopping session with its site, currency, country, language, custom attributes and cart. Read before you change. ' +
  'Each answer has `next`: what to do then. Refusals say what to correct.';

/** The tools that a token gives access to, and that work here. The routes check again whether each call is allowed. */
const toolsOf = (
  principal: Pick<Principal, 'kind' | 'scopes'>,
  { ADMIN_PORT }: Pick<Config, 'ADMIN_PORT'>,
): readonly Tool[] =>
  principal.kind === 'service'
    ? STAFF_TOOLS.filter(
        ({ isForOperators, scopes }) =>
          !(isForOperators && ADMIN_PORT !== undefined) &&
          scopes.every((scope) => holdsScope(principal.scopes, scope)),
      )
    : SHOPPER_TOOLS;

/** Makes a server for one request. It keeps no state. */
export function mcpServer(
  principal: Principal,
  config: Pick<Config, 'ADMIN_PORT'>,
  around: ToolSurroundings,
): McpServer {
  const server = new McpServer(
    { name: 'onesession', title: 'onesession', version: VERSION },
    { instructions: INSTRUCTIONS },
  );
  for (const { name, title, description, input, readOnly, run } of toolsOf(principal, config)) {
    const annotations = { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (args) =>
      run(args, around),
    );
  }
  return server;
}
