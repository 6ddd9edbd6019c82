import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf, Credentials, KNOWN_SCOPES, type Principal } from '../../auth/index.js';
import type { Config } from '../../config/config.schema.js';
import { AGENT_CALLS, RateLimitService } from '../../rate-limit/index.js';
import type { AgentSessionService } from '../../session/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { mcpServer } from './mcp-server.js';
import { OwnRoutes } from '../own-routes.js';
import type { ToolSurroundings } from '../tools/tool.js';

/** What the application provides. */
export interface McpParts {
  readonly credentials: Credentials;
  readonly limits: RateLimitService;
  readonly sessions: AgentSessionService;
}

/** RFC 9728 section 3.1: the path of the resource behind the well-known one. */
const METADATA = '/.well-known/oauth-protected-resource';

/**
 * Only the protocol of 2025-03-26 has batches. One of a hundred calls would count as one request, and its answer would hold
 * a hundred carts in memory.
 */
const NO_BATCHES = {
  jsonrpc: '2.0',
  id: null,
  error: { code: -32600, message: 'Batches are not served: send one message in each request' },
} as const;

interface Caller {
  readonly principal: Principal;
  readonly token: string;
}

/**
 * Serves agents by the Model Context Protocol (2026-07-28, and 2025 without sessions). Each request stands alone, with a
 * bearer token of this service.
 */
export function addMcpRoutes(fastify: FastifyInstance, config: Config, parts: McpParts): void {
  const metadata = metadataOf(config.ISSUER);
  for (const path of [METADATA, `${METADATA}/mcp`]) {
    fastify.get(path, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').send(metadata),
    );
  }
  fastify.post('/mcp', async (request, reply) => {
    const caller = await callerOf(request, parts);
    if (!caller) return challenge(reply, config.ISSUER);
    await admit(caller, request.ip, parts, config);
    if (Array.isArray(request.body)) return reply.status(400).send(NO_BATCHES);
    return answer(fastify, request, reply, caller, { ...parts, config });
  });
}

const metadataOf = (issuer: string) => ({
  resource: `${issuer}/mcp`,
  resource_name: 'onesession for agents',
  authorization_servers: [issuer],
  bearer_methods_supported: ['header'],
  scopes_supported: KNOWN_SCOPES,
});

/** @returns undefined if nobody is signed in */
async function callerOf({ headers }: FastifyRequest, { credentials }: McpParts): Promise<Caller | undefined> {
  try {
    const token = bearerOf(headers.authorization);
    const { claims } = await credentials.verified(token);
    return { principal: await credentials.authenticate(claims), token };
  } catch (error) {
    if (error instanceof Unauthenticated) return undefined;
    throw error;
  }
}

/** Tells a client where to get a token (RFC 9728 section 5.1). */
function challenge(reply: FastifyReply, issuer: string): FastifyReply {
  return reply
    .status(401)
    .header('www-authenticate', `Bearer error="invalid_token", resource_metadata="${issuer}${METADATA}/mcp"`)
    .send({ error: 'invalid_token', error_description: 'Send a bearer token of this service' });
}

/** @throws TooManyRequests */
async function admit(
  { principal }: Caller,
  address: string,
  { limits }: McpParts,
  { RATE_LIMITS }: Config,
): Promise<void> {
  if (RATE_LIMITS === 'off') return;
  const { tenant } = principal;
  const who = principal.kind === 'service' ? principal.clientId : principal.sessionId;
  await limits.consume(AGENT_CALLS, { subject: [tenant, who], address });
}

async function answer(
  fastify: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { principal, token }: Caller,
  { sessions, config }: McpParts & { readonly config: Config },
): Promise<FastifyReply> {
  const { tenant, clientId } = principal;
  const routes = new OwnRoutes(fastify, { token, address: request.ip, agent: { clientId } });
  const own = principal.kind === 'service' ? undefined : principal.sessionId;
  const noteCart: ToolSurroundings['noteCart'] = async ({ cartId, sessionId = own }, changes) => {
    if (sessionId === undefined || changes.length === 0) return;
    await sessions.note({ tenant, sessionId, cartId }, { clientId }, changes);
  };
  const handler = createMcpHandler(() => mcpServer(principal, config, { tenant, routes, noteCart }), {
    // No list changes while a client listens, and an answer that stays open would hold up the drain.
    maxSubscriptions: 0,
  });
  try {
    const asked = new Request('http://localhost/mcp', { method: 'POST', headers: namedHeaders(request) });
    const response = await handler.fetch(asked, { parsedBody: request.body });
    const text = await response.text();
    void reply.status(response.status);
    for (const [name, value] of response.headers) void reply.header(name, value);
    return await reply.send(text === '' ? undefined : text);
  } finally {
    await handler.close();
  }
}

/** Those that the protocol reads. */
function namedHeaders({ headers }: FastifyRequest): Record<string, string> {
  const names = Object.keys(headers).filter((name) => name.startsWith('mcp-') || name === 'accept');
  return {
    'content-type': 'application/json',
    ...Object.fromEntries(names.map((name) => [name, String(headers[name])])),
  };
}
