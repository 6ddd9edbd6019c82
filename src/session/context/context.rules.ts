import { VersionConflict } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import type { Session, SessionContext, Source, Sourced } from '../session.types.js';
import { attributeNameProblem, attributesProblem, attributeValueProblem } from './attribute-limits.rules.js';
import type { DefaultValues } from './derive-context.rules.js';

/** Who changes a context, and when. */
export interface Author {
  readonly source: Source;
  readonly now: Date;
}

/** The values of a context that a client may set. An absent value stays as it is (D-11). */
export interface ContextValues {
  readonly siteCode?: string;
  readonly currency?: string;
  readonly targetLocation?: string;
  readonly language?: string;
  readonly cartId?: string;
}

type SessionWithContext = Session & { readonly context: SessionContext };

export const hasContext = (session: Session): session is SessionWithContext => session.context !== undefined;

/** Returns version 1 of a context, without a cart and without attributes (E-12). */
export function newContext(values: DefaultValues, customerId: string | undefined, now: Date): SessionContext {
  const sourced = ({ value, source }: { value: string; source: Source }): Sourced<string> => ({
    value,
    source,
    at: now,
  });
  return {
    siteCode: sourced(values.siteCode),
    currency: sourced(values.currency),
    targetLocation: sourced(values.targetLocation),
    language: sourced(values.language),
    ...(customerId !== undefined && { customerId: sourced({ value: customerId, source: 'login' }) }),
    attributes: new Map(),
    version: 1,
    createdAt: now,
    modifiedAt: now,
  };
}

/**
 * Returns the session with its first context. In the same write, public values that the VTEX dialect kept beside the
 * session become attributes (D-22).
 * @param values of the context, including those that the shopper chose in the VTEX dialect
 */
export function withFirstContext(session: Session, values: DefaultValues, now: Date): SessionWithContext {
  const { vtex } = session;
  const fresh = newContext(values, session.customerId, now);
  if (!vtex) return { ...session, context: fresh };
  const context = { ...fresh, attributes: vtex.publicValues };
  return { ...session, context, vtex: { ...vtex, publicValues: new Map(), chosen: {} } };
}

/** Returns the session with these changes to its context and the next version number. */
export function revised(
  session: SessionWithContext,
  changes: Partial<SessionContext>,
  now: Date,
): SessionWithContext {
  const { context } = session;
  return { ...session, context: { ...context, ...changes, version: context.version + 1, modifiedAt: now } };
}

/** @throws VersionConflict if `expected` is not the current version (W-27, W-35) */
export function expectVersion(session: SessionWithContext, expected: number): void {
  if (session.context.version !== expected) throw new VersionConflict(expected, session.context.version);
}

export function sourcedValues(values: ContextValues, { source, now }: Author): Partial<SessionContext> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, { value, source, at: now }]));
}

/**
 * Returns the complete new map of attributes. An attribute whose value does not change keeps its origin.
 * @throws InvalidInput | TooLarge if a limit is exceeded
 */
export function replaceAttributes(
  current: SessionContext['attributes'],
  entries: ReadonlyMap<string, Json>,
  author: Author,
): SessionContext['attributes'] {
  const next = new Map([...entries].map(([name, value]) => [name, kept(current.get(name), value, author)]));
  return checked(next);
}

/**
 * Merges by top-level key: null removes an attribute, and attributes that are not named stay (D-11).
 * @throws InvalidInput | TooLarge if a limit is exceeded
 */
export function mergeAttributes(
  current: SessionContext['attributes'],
  entries: ReadonlyMap<string, Json>,
  author: Author,
): SessionContext['attributes'] {
  const next = new Map(current);
  for (const [name, value] of entries) {
    if (value === null) next.delete(name);
    else next.set(name, kept(current.get(name), value, author));
  }
  return checked(next);
}

/** Adds the attribute, or replaces its value (E-45, E-49). @throws InvalidInput | TooLarge if a limit is exceeded */
export function setAttribute(
  session: SessionWithContext,
  name: string,
  value: Json,
  author: Author,
): SessionWithContext {
  const sourced = { value, source: author.source, at: author.now };
  const attributes = checked(new Map(session.context.attributes).set(name, sourced));
  return revised(session, { attributes }, author.now);
}

/** Returns the session unchanged if it has no attribute of that name (D-12). */
export function removeAttribute(session: SessionWithContext, name: string, now: Date): SessionWithContext {
  if (!session.context.attributes.has(name)) return session;
  const attributes = new Map(session.context.attributes);
  attributes.delete(name);
  return revised(session, { attributes }, now);
}

/**
 * Makes this the cart of the context. Returns the session unchanged if it already uses another cart (E-40).
 * @param instead a cart that the context may stop using
 */
export function attachCart(
  session: SessionWithContext,
  cartId: string,
  now: Date,
  instead?: string,
): SessionWithContext {
  const current = session.context.cartId?.value;
  if (current !== undefined && current !== instead) return session;
  return revised(session, { cartId: { value: cartId, source: 'cart', at: now } }, now);
}

/** Removes this cart from the context. Another cart stays (W-55). */
export function detachCart(session: Session, cartId: string, now: Date): Session {
  if (!hasContext(session) || session.context.cartId?.value !== cartId) return session;
  const { cartId: _gone, ...context } = session.context;
  return { ...session, context: { ...context, version: context.version + 1, modifiedAt: now } };
}

function kept(current: Sourced<Json> | undefined, value: Json, { source, now }: Author): Sourced<Json> {
  const same = current !== undefined && JSON.stringify(current.value) === JSON.stringify(value);
  return same ? current : { value, source, at: now };
}

function checked(attributes: Map<string, Sourced<Json>>): Map<string, Sourced<Json>> {
  for (const [name, { value }] of attributes) {
    const problem = attributeNameProblem(name) ?? attributeValueProblem(name, value);
    if (problem) throw problem;
  }
  const problem = attributesProblem(attributes);
  if (problem) throw problem;
  return attributes;
}
