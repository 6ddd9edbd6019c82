import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.schema.js';
import type { McpParts } from './serving/serve-mcp.js';

/** Serves agents at `/mcp` if `MCP` is on. Its library is loaded only then. */
export async function serveMcp(fastify: FastifyInstance, config: Config, parts: McpParts): Promise<void> {
  if (config.MCP === 'off') return;
  const { addMcpRoutes } = await import('./serving/serve-mcp.js');
  addMcpRoutes(fastify, config, parts);
}
