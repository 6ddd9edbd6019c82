import type { OpenAPIObject } from '@nestjs/swagger';
import type { Proof } from '../auth/access.types.js';
import { WHEN } from '../http/errors/refusals.js';
import { REASON_HEADER } from '../http/reason.decorator.js';
import { callersOf } from './route-words.rules.js';
import type { Route } from './route.types.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Adds to an operation who may call it and what limits it, as the table of routes says. */
export function describeRoute(operation: Operation, route: Route): void {
  const callers = `Callers: ${callersOf(route)}.`;
  operation.description = operation.description ? `${operation.description}\n\n${callers}` : callers;
  operation.security = securityOf(route);
  if (takesReason(route)) addReason(operation);
  if (route.limits.length === 0) return;
  Object.assign(operation, { 'x-rate-limits': route.limits });
  operation.responses[429] ??= { description: WHEN[429] };
}

const takesReason = ({ method, template, audit }: Route): boolean =>
  audit !== undefined && method !== 'GET' && template.startsWith('/admin/');

function addReason(operation: Operation): void {
  const parameters = operation.parameters ?? [];
  operation.parameters = [...parameters, { ...REASON_HEADER }];
}

type Scheme = Record<string, string[]>;

const SCHEMES = new Map<Proof, Scheme>([
  ['vtex_session', { vtex_session: [] }],
  ['bearer', { bearer: [] }],
  ['nothing', {}],
]);

/** A route that needs no credential (`nothing` alone) has no security at all. */
function securityOf({ access, proofs }: Route): Scheme[] {
  if (access.length > 0) return [{ bearer: [] }];
  const schemes = proofs.map((proof) => SCHEMES.get(proof)).filter((scheme) => scheme !== undefined);
  return schemes.some((scheme) => Object.keys(scheme).length > 0) ? schemes : [];
}
