import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestWithPrincipal } from '../auth/index.js';
import { reasonOf } from '../http/reason.decorator.js';
import { REPEATED } from '../http/repeated-answer.js';
import { beforeAnswers } from '../http/route-hooks.js';
import { tenantOfPath } from '../http/tenant.decorator.js';
import { actingAgent } from '../shared/acting-agent.js';
import { shortenedNetwork } from '../shared/network.js';
import { isTenantName } from '../shared/tenant.js';
import { AuditRecorder } from './audit-recorder.js';
import { actorOf, isStaff, resultOf, targetOf, withoutErased } from './audit.rules.js';
import type { AuditEvent, AuditTarget } from './audit.types.js';
import type { DeclaredAudit } from './declared-audit.types.js';

export interface AuditedRoute {
  readonly method: string;
  /** `/admin/{tenant}/clients/{clientId}` */
  readonly template: string;
  readonly audit?: DeclaredAudit;
}

/**
 * Writes a line for each request to a route that declares its action. To be called before the routes are registered.
 */
export function auditRequests(
  fastify: FastifyInstance,
  routes: readonly AuditedRoute[],
  recorder: AuditRecorder,
): void {
  const declared = new Map(routes.map(({ method, template, audit }) => [`${method} ${template}`, audit]));
  const told = new WeakSet<FastifyRequest>();
  beforeAnswers(fastify, (method, template) => {
    const audit = declared.get(`${method === 'HEAD' ? 'GET' : method} ${template}`);
    if (!audit) return undefined;
    const changes = method !== 'GET' && method !== 'HEAD' && audit.reads !== true;
    // Not `onResponse`, which never comes for a client that has gone away.
    return async (request, reply) => {
      // An answer that can't be sent is sent again, as an error.
      if (told.has(request)) return;
      told.add(request);
      const answered = eventOf(audit, request, reply.statusCode);
      if (!answered) return;
      const event: AuditEvent = reply.hasHeader(REPEATED) ? { ...answered, result: 'repeated' } : answered;
      if (changes && event.result === 'ok') await recorder.record(event);
      else recorder.note(event);
    };
  });
  // After the last answer, and before the store is closed.
  fastify.addHook('onClose', () => recorder.settle());
}

/** @returns undefined for a request that was refused before anybody asked who sent it, such as one that is too large */
function eventOf(
  audit: DeclaredAudit,
  request: RequestWithPrincipal,
  status: number,
): AuditEvent | undefined {
  const { claims } = request;
  if (!claims && status !== 401) return undefined;
  const target = targetOf(audit, request.params, request.body);
  const tenant = tenantOf(request, target, status);
  if (tenant === undefined) return undefined;
  const actor = actorOf(claims, tenant, audit.byAgent === true || actingAgent() !== undefined);
  const network = shortenedNetwork(request.ip);
  const reason = isStaff(actor) ? orNothing(() => reasonOf(request)) : undefined;
  const event: AuditEvent = {
    tenant,
    actor,
    action: audit.action,
    target,
    ...(network !== undefined && { network }),
    ...(reason !== undefined && { reason }),
    result: resultOf(status),
    requestId: request.id,
  };
  return withoutErased(event, audit.erases);
}

/**
 * Returns whose log gets the line. What the operator does to a tenant is in the log of that tenant, if it is there: a
 * tenant that was deleted gets no line, because nothing of it must be left.
 */
function tenantOf(request: RequestWithPrincipal, target: AuditTarget, status: number): string | undefined {
  const { claims } = request;
  if (claims?.token_use === 'operator' && target.kind === 'tenant')
    return status < 400 && isTenantName(target.id) ? target.id : undefined;
  const named = claims?.token_use === 'operator' ? undefined : claims?.tenant;
  return orNothing(() => tenantOfPath(request)) ?? named;
}

/** What is wrong was refused already. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
