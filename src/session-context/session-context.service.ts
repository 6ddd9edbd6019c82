import { Injectable } from '@nestjs/common';
import { Credentials, type ServicePrincipal } from '../auth/index.js';
import {
  ContextService,
  type ContextValues,
  expectVersion,
  hasContext,
  KnownValuesService,
  mergeAttributes,
  removeAttribute,
  replaceAttributes,
  revised,
  type Session,
  type SessionKey,
  SessionNotFound,
  type SessionWithContext,
  setAttribute,
  type Source,
  sourcedValues,
} from '../session/index.js';
import { Forbidden, InvalidInput } from '../shared/domain-error.js';
import type { Json, JsonObject } from '../shared/json.js';

export interface ContextUpdate extends ContextValues {
  readonly context?: JsonObject;
  readonly version: number;
}

/** A replacement by an employee or a backend, with what it says of the customer. */
export interface Replacement extends ContextUpdate {
  readonly customerId?: string;
  readonly saasToken?: string;
}

/** So that a version can go on counting: past 2^53, one more is the same number. */
const MOST_FIRST_VERSION = 2 ** 31 - 1;

const SESSION_ID = /^[\x21-\x7e]{1,128}$/;

@Injectable()
export class SessionContextService {
  constructor(
    private readonly contexts: ContextService,
    private readonly known: KnownValuesService,
    private readonly credentials: Credentials,
  ) {}

  read(key: SessionKey): Promise<SessionWithContext> {
    return this.contexts.read(key);
  }

  /** Absent fields keep their value; attributes merge by key (D-11). @throws SessionNotFound | VersionConflict */
  async update(session: Session, { version, context, ...values }: ContextUpdate): Promise<void> {
    if (values.siteCode !== undefined) {
      if (!hasContext(session)) throw new SessionNotFound(session.sessionId);
      await this.known.expectOpenSite(session.tenant, values.siteCode, session.customerId);
    }
    await this.contexts.change(session, (stored, now) => {
      expectVersion(stored, version);
      const author = { source: 'shopper', now } as const;
      const current = stored.context.attributes;
      const attributes = context ? mergeAttributes(current, entriesOf(context), author) : current;
      return revised(stored, { ...sourcedValues(values, author), attributes }, now);
    });
  }

  /**
   * Absent fields keep their value; `context`, when there, is the whole new map (D-11).
   * @throws VersionConflict; Forbidden when the session is a customer's and the saas-token is not (D-10)
   */
  async replace(key: SessionKey, replacement: Replacement): Promise<void> {
    await this.known.expectSite(key.tenant, replacement.siteCode);
    const customerId = await this.customerOf(key.tenant, replacement.saasToken);
    await this.contexts.change(key, (session, now) => {
      refuseOtherCustomer(session, replacement, customerId);
      expectVersion(session, replacement.version);
      return replaced(session, replacement, now);
    });
  }

  /**
   * As `replace`; a context that is not there is made (W-29). Its version is one more than the sent one, as after a
   * replacement: of many upserts with one version, in whatever order, one succeeds (F-10).
   */
  async upsert(key: SessionKey, caller: ServicePrincipal, replacement: Replacement): Promise<void> {
    try {
      return await this.replace(key, replacement);
    } catch (error) {
      if (!(error instanceof SessionNotFound)) throw error;
    }
    if (!SESSION_ID.test(key.sessionId)) {
      throw InvalidInput.of('sessionId', 'must be 1 to 128 visible ASCII characters');
    }
    if (replacement.version > MOST_FIRST_VERSION) {
      throw InvalidInput.of('metadata.version', `must be at most ${MOST_FIRST_VERSION} to create a context`);
    }
    const customerId = await this.customerOf(key.tenant, replacement.saasToken);
    const made = await this.contexts.make(key, caller.clientId, (session, now) => {
      refuseOtherCustomer(session, replacement, customerId);
      const { context } = session;
      return replaced(
        { ...session, context: { ...context, version: replacement.version } },
        replacement,
        now,
      );
    });
    // Somebody else made it in between.
    if (!made) await this.replace(key, replacement);
  }

  async setAttribute(key: SessionKey, name: string, value: Json, source: Source): Promise<void> {
    await this.contexts.change(key, (session, now) => setAttribute(session, name, value, { source, now }));
  }

  async removeAttribute(key: SessionKey, name: string): Promise<void> {
    await this.contexts.change(key, (session, now) => removeAttribute(session, name, now));
  }

  /** @throws Forbidden - the token is not valid, or its session has ended */
  private async customerOf(tenant: string, saasToken: string | undefined): Promise<string | undefined> {
    if (saasToken === undefined) return undefined;
    return (await this.credentials.saasCustomer(saasToken, tenant)).customerId;
  }
}

const entriesOf = (context: JsonObject): ReadonlyMap<string, Json> => new Map(Object.entries(context));

function replaced(session: SessionWithContext, replacement: Replacement, now: Date): SessionWithContext {
  const { context, siteCode, currency, targetLocation, language, cartId } = replacement;
  const author = { source: 'employee', now } as const;
  const current = session.context.attributes;
  const attributes = context ? replaceAttributes(current, entriesOf(context), author) : current;
  const values = sourcedValues({ siteCode, currency, targetLocation, language, cartId }, author);
  return revised(session, { ...values, attributes }, now);
}

function refuseOtherCustomer(
  session: SessionWithContext,
  { customerId }: Replacement,
  saasCustomer: string | undefined,
): void {
  const own = session.customerId;
  if (customerId !== undefined && customerId !== '' && customerId !== own) {
    throw new Forbidden('customerId is not the customer of this session: only a login makes it one');
  }
  if (own !== undefined && saasCustomer !== own) {
    throw new Forbidden('The session is a customer’s: send the saas-token of that customer');
  }
}
