import type { AccessClaims } from '../auth/tokens/claims.js';
import { clip } from '../shared/clip.js';
import { isJwt } from '../shared/jwt.js';
import type { AuditActor, AuditEvent, AuditLine, AuditResult, AuditTarget } from './audit.types.js';
import type { DeclaredAudit } from './declared-audit.types.js';

/** Replaces the id of an erased person in a line. */
const ERASED = 'erased';

const ALL = '*';

const UNKNOWN = 'unknown';

/** In characters. Our own ids are shorter; a longer text came from a caller and is not kept. */
const LONGEST_ID = 100;

/** Kinds of targets whose ids belong to a person. */
const PERSONAL: ReadonlySet<string> = new Set(['customer', 'session', 'cart']);

const RESULTS: Readonly<Record<number, AuditResult>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  429: 'rate-limited',
};

export function resultOf(status: number): AuditResult {
  if (status < 400) return 'ok';
  return RESULTS[status] ?? (status < 500 ? 'invalid' : 'failed');
}

/**
 * @param claims of a token whose signature and time are good; undefined for every other caller
 * @param isAgent whether an agent acts with the token
 */
export function actorOf(claims: AccessClaims | undefined, tenant: string, isAgent = false): AuditActor {
  if (!claims) return { kind: UNKNOWN, id: UNKNOWN };
  if (claims.token_use === 'operator') return { kind: 'operator', id: claims.client_id };
  if (claims.tenant !== tenant) return { kind: 'foreign', id: claims.tenant };
  if (claims.token_use === 'customer') return { kind: 'customer', id: claims.sub };
  const kind = isAgent && claims.token_use === 'service' ? 'agent' : claims.token_use;
  return { kind, id: claims.client_id };
}

/**
 * Tells whether the caller works for the tenant or runs the service. Anybody can be one of the other kinds: with a
 * shopper's token, or with none.
 */
export const isStaff = ({ kind }: AuditActor): boolean => STAFF.has(kind);

const STAFF: ReadonlySet<AuditActor['kind']> = new Set(['service', 'agent', 'operator', 'system']);

type Fields = Readonly<Record<string, unknown>>;

/** Returns the target of a request: the parameter, or the field of the body, that the route names. */
export function targetOf(
  { action, target, param, field }: DeclaredAudit,
  params: unknown,
  body: unknown,
): AuditTarget {
  const id = param === undefined ? textIn(body, field) : textIn(params, param);
  return { kind: target ?? action.split('.', 1)[0] ?? action, id: shownId(id) };
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function textIn(from: unknown, name: string | undefined): string | undefined {
  if (name === undefined || !isFields(from) || !Object.hasOwn(from, name)) return undefined;
  const value = from[name];
  return typeof value === 'string' ? value : undefined;
}

/** Returns an id in the form that may be kept: a token in the place of an id is left out. */
function shownId(id: string | undefined): string {
  if (id === undefined || id === '') return ALL;
  if (isJwt(id) || id.length > LONGEST_ID) return 'unreadable';
  return clip(id.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?'), LONGEST_ID);
}

/** Removes these persons or sessions from a line, and the reason that the actor gave, which may name them. */
export function anonymised(line: AuditLine, ids: ReadonlySet<string>): AuditLine {
  const isTarget = ids.has(line.target.id);
  const isActor = ids.has(line.actor.id);
  if (!isTarget && !isActor) return line;
  return {
    ...line,
    ...(isTarget && { target: { ...line.target, id: ERASED } }),
    ...(isActor && { actor: { ...line.actor, id: ERASED } }),
    ...(line.reason !== undefined && { reason: ERASED }),
  };
}

/**
 * Returns the part of a line that goes to the log stream. A person can't be erased from there later, so it names none;
 * the id of the line leads to the full record.
 */
export function loggedOf({
  id,
  tenant,
  actor,
  action,
  target,
  network,
  result,
  requestId,
}: AuditLine): object {
  return {
    audit: id,
    tenant,
    actor: actor.kind === 'customer' ? { kind: actor.kind } : actor,
    action,
    target: PERSONAL.has(target.kind) ? { kind: target.kind } : target,
    network,
    result,
    requestId,
  };
}

/**
 * Leaves out a person whom this request erased, or who was not found and may have been erased before. Otherwise the id,
 * and the reason that the actor gave, would bring the person back into the store.
 */
export function withoutErased(event: AuditEvent, erases = false): AuditEvent {
  const { result, target } = event;
  const isGone = result === 'not-found' && PERSONAL.has(target.kind);
  const isErased = erases && (result === 'ok' || result === 'repeated');
  if (!isGone && !isErased) return event;
  const reason = event.reason !== undefined && { reason: ERASED };
  return { ...event, target: { ...target, id: isGone ? UNKNOWN : ERASED }, ...reason };
}
