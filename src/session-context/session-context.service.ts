import { Injectable } from '@nestjs/common';
import { Credentials, type ServicePrincipal } from '../auth/index.js';
import {
  type ChangedBy,
  ContextService,
  type ContextValues,
  expectVersion,
  hasContext,
  mergeAttributes,
  removeAttribute,
  revised,
  type Session,
  type SessionKey,
  SessionNotFound,
  type SessionWithContext,
  setAttribute,
  sourcedValues,
} from '../session/index.js';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import type { Json, JsonObject } from '../shared/json.js';
import {
  closedProblem,
  inactiveProblem,
  type KnownSites,
  SiteAccess,
  siteOf,
} from '../site-settings/index.js';
import { OpenCarts } from './open-carts.js';
import {
  entriesOf,
  inSoldCurrency,
  type LookedUp,
  refuseOtherCustomer,
  replaced,
  type Replacement,
  withFirstCurrency,
} from './replacement.rules.js';

export interface ContextUpdate extends ContextValues {
  readonly context?: JsonObject;
  readonly version: number;
}

/** Who changes a single attribute. */
export type AttributeAuthor = ChangedBy & { readonly kind: 'shopper' | 'employee' };

export const shopper = ({ customerId }: Pick<Session, 'customerId'>): AttributeAuthor => ({
  kind: 'shopper',
  ...(customerId !== undefined && { id: customerId }),
});

export const employee = ({ clientId }: Pick<ServicePrincipal, 'clientId'>): AttributeAuthor => ({
  kind: 'employee',
  id: clientId,
});

/** Leaves room for the version to keep counting: past 2^53, adding one gives the same number. */
const MOST_FIRST_VERSION = 2 ** 31 - 1;

const SESSION_ID = /^[\x21-\x7e]{1,128}$/;

@Injectable()
export class SessionContextService {
  constructor(
    private readonly contexts: ContextService,
    private readonly sites: SiteAccess,
    private readonly carts: OpenCarts,
    private readonly credentials: Credentials,
  ) {}

  read(key: SessionKey): Promise<SessionWithContext> {
    return this.contexts.read(key);
  }

  /**
   * Changes the context for its shopper. Absent fields keep their value, and attributes are merged by key (D-11).
   * @throws SessionNotFound; VersionConflict; InvalidInput if a site or currency may not be used
   */
  async update(session: Session, { version, context, ...values }: ContextUpdate): Promise<void> {
    if (values.siteCode !== undefined && !hasContext(session)) throw new SessionNotFound(session.sessionId);
    const known = await this.knownFor(session.tenant, values, session.customerId);
    if (known && values.siteCode !== undefined) {
      expectNone(closedProblem(siteOf(known, values.siteCode), values.siteCode, known.groups));
    }
    await this.contexts.change(session, shopper(session), (stored, now) => {
      expectVersion(stored, version);
      const author = { source: 'shopper', now } as const;
      const current = stored.context.attributes;
      const attributes = context ? mergeAttributes(current, entriesOf(context), author) : current;
      const sold = inSoldCurrency(values, stored, known);
      return revised(stored, { ...sourcedValues(sold, author), attributes }, now);
    });
  }

  /**
   * Replaces the context. Absent fields keep their value, but `context`, if present, is the complete new map of
   * attributes (D-11).
   * @throws SessionNotFound; VersionConflict; InvalidInput if a site, currency or cart may not be used; Forbidden if
   * the session is a customer's and the saas-token is not (D-10)
   */
  async replace(key: SessionKey, caller: ServicePrincipal, replacement: Replacement): Promise<void> {
    const found = await this.lookUp(key.tenant, replacement);
    await this.contexts.change(key, employee(caller), (session, now) => {
      refuseOtherCustomer(session, replacement, found);
      expectVersion(session, replacement.version);
      return replaced(session, replacement, found, now);
    });
  }

  /**
   * Does the same as `replace`, and makes a context that does not exist (W-29). Its version is one more than the sent
   * one, as after a replacement: of many upserts with one version, in whatever order, one succeeds (F-10).
   */
  async upsert(key: SessionKey, caller: ServicePrincipal, replacement: Replacement): Promise<void> {
    try {
      return await this.replace(key, caller, replacement);
    } catch (error) {
      if (!(error instanceof SessionNotFound)) throw error;
    }
    if (!SESSION_ID.test(key.sessionId)) {
      throw InvalidInput.of('sessionId', 'must be 1 to 128 visible ASCII characters');
    }
    if (replacement.version > MOST_FIRST_VERSION) {
      throw InvalidInput.of('metadata.version', `must be at most ${MOST_FIRST_VERSION} to create a context`);
    }
    const found = await this.lookUp(key.tenant, replacement);
    const made = await this.contexts.make(key, caller.clientId, (session, now) => {
      refuseOtherCustomer(session, replacement, found);
      const first = { ...session, context: { ...session.context, version: replacement.version } };
      return replaced(first, withFirstCurrency(replacement, first, found.known), found, now);
    });
    // Somebody else has made it in the meantime.
    if (!made) await this.replace(key, caller, replacement);
  }

  async setAttribute(key: SessionKey, by: AttributeAuthor, name: string, value: Json): Promise<void> {
    await this.contexts.change(key, by, (session, now) =>
      setAttribute(session, name, value, { source: by.kind, now }),
    );
  }

  async removeAttribute(key: SessionKey, by: AttributeAuthor, name: string): Promise<void> {
    await this.contexts.change(key, by, (session, now) => removeAttribute(session, name, now));
  }

  /** @returns undefined if neither the site nor the currency is to change */
  private async knownFor(
    tenant: string,
    { siteCode, currency }: ContextValues,
    customerId?: string,
  ): Promise<KnownSites | undefined> {
    return siteCode === undefined && currency === undefined
      ? undefined
      : this.sites.known(tenant, customerId);
  }

  /** @throws InvalidInput if no active site has the named code; Forbidden, see `customerOf` */
  private async lookUp(tenant: string, replacement: Replacement): Promise<LookedUp> {
    const { siteCode, cartId, saasToken } = replacement;
    const [known, isCartOpen, saasCustomer] = await Promise.all([
      this.knownFor(tenant, replacement),
      cartId === undefined ? true : this.carts.isOpen(tenant, cartId),
      this.customerOf(tenant, saasToken),
    ]);
    if (known && siteCode !== undefined) expectNone(inactiveProblem(siteOf(known, siteCode), siteCode));
    return { known, isCartOpen, saasCustomer };
  }

  /** @throws Forbidden if the token is not valid or its session has ended */
  private async customerOf(tenant: string, saasToken: string | undefined): Promise<string | undefined> {
    if (saasToken === undefined) return undefined;
    return (await this.credentials.saasCustomer(saasToken, tenant)).customerId;
  }
}

function expectNone(problem: Problem | undefined): void {
  if (problem) throw new InvalidInput([problem]);
}
