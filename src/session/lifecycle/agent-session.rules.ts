import type { Json } from '../../shared/json.js';
import { type ContextValues, mergeAttributes, revised, sourcedValues } from '../context/context.rules.js';
import type { Session, SessionContext } from '../session.types.js';
import { stateOf } from '../tokens/lifetime.rules.js';

/** What an agent says about the shopper. Absent values stay; null removes an attribute. */
export interface AgentValues {
  readonly context: ContextValues;
  readonly attributes: ReadonlyMap<string, Json>;
}

type SessionWithContext = Session & { readonly context: SessionContext };

/** Tells whether the session is alive and still the guest session that this client began. */
export const isAgents = (session: Session, clientId: string, now: Date): boolean =>
  session.kind === 'anonymous' && session.clientId === clientId && stateOf(session, now) === 'alive';

/**
 * Returns the session with these values, or unchanged if it has them already. A value that stays the same keeps its
 * source.
 * @throws InvalidInput | TooLarge if a limit of the attributes is exceeded
 */
export function withAgentValues(
  session: SessionWithContext,
  { context: named, attributes: entries }: AgentValues,
  now: Date,
): SessionWithContext {
  const author = { source: 'agent', now } as const;
  const { context } = session;
  const changes = sourcedValues(different(context, named), author);
  const attributes = mergeAttributes(context.attributes, entries, author);
  const isSame = sameEntries(context.attributes, attributes);
  if (isSame && Object.keys(changes).length === 0) return session;
  return revised(session, { ...changes, ...(!isSame && { attributes }) }, now);
}

const FIELDS = ['siteCode', 'currency', 'targetLocation', 'language', 'cartId'] as const;

function different(context: SessionContext, named: ContextValues): ContextValues {
  const fields = FIELDS.filter(
    (field) => named[field] !== undefined && named[field] !== context[field]?.value,
  );
  return Object.fromEntries(fields.map((field) => [field, named[field]]));
}

/** Values that stay the same keep their origin, so entries can be compared as they are. */
const sameEntries = (a: SessionContext['attributes'], b: SessionContext['attributes']): boolean =>
  a.size === b.size && [...b].every(([name, sourced]) => a.get(name) === sourced);
