import { eventsOf, type Told } from '../../events/event.rules.js';
import type { EndCause, StoredEvent } from '../../events/event.types.js';
import { bounded, changerOf, type Difference, differencesOf } from '../history/history.rules.js';
import type { FieldChange } from '../history/history.types.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import { provenCustomers } from '../proven-customers.rules.js';
import type { ChangedBy, Session, SessionContext } from '../session.types.js';
import type { JsonObject } from '../../shared/json.js';

/** A write of a session. */
export interface SessionWrite {
  readonly by?: ChangedBy | undefined;
  readonly reused?: true | undefined;
  readonly now: Date;
  /** Setting `eventsWithAttributeValues` of the tenant. */
  readonly withAttributeValues: boolean;
}

/** Returns the events of a session that begins. */
export function eventsOfBeginning(session: Session, write: SessionWrite): readonly StoredEvent[] {
  const { kind, clientId } = session;
  const data = { kind, clientId, dialect: dialectOf(session, write.by) };
  const began: Told = { type: 'onesession.session.began', data };
  return placed(session, session.revision, write.now, [began, ...contextTold(undefined, session, write)]);
}

/** Only a shopping agent begins a session as an agent. */
function dialectOf({ clientId }: Session, by: ChangedBy | undefined): string {
  if (by?.kind === 'agent') return 'ucp';
  return clientId === VTEX_CLIENT ? 'vtex' : 'emporix';
}

/** Returns the events of a change. The order of the fields decides nothing: each write has one revision. */
export function eventsOfChange(before: Session, next: Session, write: SessionWrite): readonly StoredEvent[] {
  if (next === before) return [];
  const told: Told[] = [];
  if (write.reused) told.push({ type: 'onesession.refresh_token.reused', data: { kind: before.kind } });
  if (next.customerId !== undefined && next.customerId !== before.customerId)
    told.push({ type: 'onesession.session.became_customers', data: { customerId: next.customerId } });
  if (write.by?.kind === 'handover') told.push(handedOver(write.by));
  told.push(...contextTold(before, next, write));
  return placed(next, before.revision + 1, write.now, told);
}

const handedOver = ({ id }: ChangedBy): Told => ({
  type: 'onesession.session.handed_over',
  data: id === undefined ? {} : { device: id },
});

/** Returns the events of a session that ends. */
export function eventsOfEnd(ended: Session, cause: EndCause, now: Date): readonly StoredEvent[] {
  const { kind, customerId } = ended;
  const data = { cause, kind, ...(customerId !== undefined && { customerId }) };
  const reused: Told[] =
    cause === 'reuse' ? [{ type: 'onesession.refresh_token.reused', data: { kind } }] : [];
  return placed(ended, ended.revision + 1, now, [...reused, { type: 'onesession.session.ended', data }]);
}

/** @param mostSeconds the longest time that an anonymous session may last, however it is used */
export function causeOfExpiry({ createdAt, lifetime }: Session, mostSeconds: number): EndCause {
  const end = createdAt.getTime() + mostSeconds * 1000;
  return lifetime && lifetime.goneAt.getTime() >= end ? 'limit' : 'expired';
}

function placed(
  session: Session,
  revision: number,
  time: Date,
  told: readonly Told[],
): readonly StoredEvent[] {
  const { tenant, sessionId, createdAt } = session;
  const [proven] = provenCustomers(session);
  const { customerId = proven } = session;
  const person = customerId === undefined ? {} : { person: customerId };
  const write = { tenant, subject: sessionId, createdAt, revision, time };
  return eventsOf(
    write,
    told.map((one) => ({ ...one, ...person })),
  );
}

function contextTold(before: Session | undefined, next: Session, write: SessionWrite): readonly Told[] {
  // A value that is set again changes the version alone. Who holds a version has to learn that too.
  if (!next.context || next.context.version === before?.context?.version) return [];
  const recording = { by: write.by, omitsAttributeValues: !write.withAttributeValues };
  const differences = differencesOf(before?.context, next.context, recording);
  const type = before?.context ? 'onesession.context.changed' : 'onesession.context.created';
  const by = authorOf(differences, write.by, next.customerId);
  return [{ type, data: { ...valuesOf(next.context), ...changesOf(differences), by } }];
}

const valuesOf = (context: SessionContext): JsonObject => ({
  version: context.version,
  siteCode: context.siteCode.value,
  currency: context.currency.value,
  targetLocation: context.targetLocation.value,
  language: context.language.value,
  ...(context.cartId && { cartId: context.cartId.value }),
});

function changesOf(differences: readonly Difference[]): JsonObject {
  const { changes, changesOmitted } = bounded(differences.map(({ change }) => change));
  return {
    changes: changes.map(jsonOf),
    ...(changesOmitted !== undefined && { changesOmitted }),
  };
}

const jsonOf = ({ field, from, to, valuesOmitted }: FieldChange): JsonObject => ({
  field,
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
  ...(valuesOmitted && { valuesOmitted }),
});

/** One write has one author, even if apps set some of its values. */
function authorOf(
  differences: readonly Difference[],
  by: ChangedBy | undefined,
  customerId: string | undefined,
): JsonObject {
  const sources = differences.map(({ source }) => source);
  const source = sources.find((one) => !one.startsWith('app:')) ?? sources[0] ?? 'shopper';
  const { kind, id } = by ?? changerOf(source, by, customerId);
  return { kind, ...(id !== undefined && { id }) };
}
