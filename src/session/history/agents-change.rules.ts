import type { Agent } from '../../shared/acting-agent.js';
import type { Json } from '../../shared/json.js';
import type { ChangedBy, Session, SessionContext, Source, Sourced } from '../session.types.js';

/** Changes in the name of a person, or that follow from one. A login and a handover are always a person's own. */
const ON_BEHALF: ReadonlySet<string> = new Set<ChangedBy['kind']>(['shopper', 'employee', 'cart']);

const PERSONS: ReadonlySet<Source> = new Set<Source>(['shopper', 'employee']);

const FIELDS = ['siteCode', 'currency', 'targetLocation', 'language', 'cartId'] as const;

export const agentsName = ({ clientId, profile }: Agent): ChangedBy => ({
  kind: 'agent',
  id: clientId,
  ...(profile !== undefined && { agent: profile }),
});

/** Names the agent instead of the person for whom it changed a context. */
export function changedByAgent(by: ChangedBy | undefined, agent: Agent): ChangedBy {
  if (by && !ON_BEHALF.has(by.kind)) return by;
  return { ...agentsName(agent), ...(by?.reason !== undefined && { reason: by.reason }) };
}

/** Returns the session with the agent as the source of what is new in its context, wherever a person would be. */
export function setByAgent(before: Session, next: Session): Session {
  const { context } = next;
  if (!context || context === before.context) return next;
  const fields = FIELDS.flatMap((field) => {
    const value = context[field];
    return isPersons(value, before.context?.[field]) ? [[field, agents(value)] as const] : [];
  });
  const attributes = attributesOf(context, before.context);
  return { ...next, context: { ...context, ...Object.fromEntries(fields), attributes } };
}

function attributesOf(
  { attributes }: SessionContext,
  before: SessionContext | undefined,
): SessionContext['attributes'] {
  if (attributes === before?.attributes) return attributes;
  const entries = Array.from(attributes, ([name, value]) => {
    const isNew = isPersons(value, before?.attributes.get(name));
    return [name, isNew ? agents(value) : value] as const;
  });
  return new Map(entries);
}

const agents = <T extends Json>(value: Sourced<T>): Sourced<T> => ({ ...value, source: 'agent' });

const isPersons = <T extends Json>(
  value: Sourced<T> | undefined,
  before: Sourced<Json> | undefined,
): value is Sourced<T> => value !== undefined && value !== before && PERSONS.has(value.source);
