import { Injectable } from '@nestjs/common';
import { type AuditLine, AuditService } from '../audit/index.js';
import { type Cart, CartRepository } from '../cart/index.js';
import { type OutboxMail, OutboxRepository } from '../mail/index.js';
import { type Session, SessionRepository } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import type { Condition, Listing } from '../shared/filter/filter.types.js';
import { type Impersonation, ImpersonationRepository } from '../vtex/index.js';

/** Number of records per read. */
const AT_ONCE = 50;

/** Audit lines per id, and in all: the log may hold years of an account that a program uses. */
const MOST_LINES_OF_ID = 1_000;
const MOST_LINES = 10_000;

const is = (path: string, value: string): Condition => ({ op: 'eq', path, value });

type Lister<T> = (listing: Listing) => Promise<{ readonly rows: readonly T[] }>;

/** Finds a person's records besides that of the customer. Guest sessions that became the customer's are included. */
@Injectable()
export class PersonRecords {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly carts: CartRepository,
    private readonly mails: OutboxRepository,
    private readonly impersonations: ImpersonationRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Returns the ids by which other records name the person: that of the customer and those of the sessions. */
  async idsOf(tenant: string, customerId: string): Promise<readonly string[]> {
    return [customerId, ...(await this.sessionIdsOf(tenant, customerId))];
  }

  /** Returns the sessions of all devices, also those that only know the person by a cookie. */
  async *sessionsOf(tenant: string, customerId: string): AsyncGenerator<Session> {
    yield* this.present(tenant, await this.sessionIdsOf(tenant, customerId));
  }

  /**
   * Returns sessions in which employees acted as this person. They hold the person's profile besides the employee's
   * data.
   */
  async *employeesSessionsOf(tenant: string, customerId: string): AsyncGenerator<Session> {
    const lines = await this.impersonationsOf(tenant, customerId);
    yield* this.present(tenant, new Set(lines.map(({ sessionId }) => sessionId)));
  }

  /**
   * Returns open and closed carts, carts of the person's sessions, and guests' carts that were merged into one of
   * these.
   */
  async *cartsOf(tenant: string, customerId: string): AsyncGenerator<Cart> {
    const sought = [is('owner.customerId', customerId)];
    for (const sessionId of await this.sessionIdsOf(tenant, customerId)) {
      sought.push(is('sessionId', sessionId));
    }
    const list: Lister<Cart> = (listing) => this.carts.search(tenant, listing);
    for await (const cart of each(list, sought)) {
      sought.push(is('mergedInto.cartId', cart.id));
      yield cart;
    }
  }

  /** @param emails also finds mails that were requested for, or sent to, one of these addresses */
  async *mailsOf(tenant: string, customerId: string, emails: readonly string[]): AsyncGenerator<OutboxMail> {
    const byEmail = emails.flatMap((email) => [
      is('email', email),
      is('to', email),
      is('newEmail', email),
      is('letter.to', email),
    ]);
    const list: Lister<OutboxMail> = (listing) => this.mails.list(tenant, listing);
    yield* each(list, [is('customerId', customerId), ...byEmail]);
  }

  impersonationsOf(tenant: string, customerId: string): Promise<readonly Impersonation[]> {
    return this.impersonations.ofCustomer(tenant, customerId);
  }

  /** Returns what the person did, and what was done to them and their sessions, the newest of each id first. */
  async *auditLinesOf(tenant: string, customerId: string): AsyncGenerator<AuditLine> {
    const targets = (await this.idsOf(tenant, customerId)).map((target) => ({ target }));
    const seen = new Set<string>();
    for (const sought of [{ actor: customerId }, ...targets]) {
      for await (const line of this.newestLines(tenant, sought)) {
        if (seen.has(line.id)) continue;
        if (seen.size === MOST_LINES) return;
        seen.add(line.id);
        yield line;
      }
    }
  }

  private async *newestLines(
    tenant: string,
    sought: { readonly actor: string } | { readonly target: string },
  ): AsyncGenerator<AuditLine> {
    let before: string | undefined;
    for (let left = MOST_LINES_OF_ID; left > 0;) {
      const query = { ...sought, limit: Math.min(AT_ONCE, left), ...(before !== undefined && { before }) };
      const { lines, next } = await this.audit.list(tenant, query);
      yield* lines;
      if (next === undefined) return;
      before = next;
      left -= Math.max(lines.length, 1);
    }
  }

  private async sessionIdsOf(tenant: string, customerId: string): Promise<ReadonlySet<string>> {
    const [own, proven] = await Promise.all([
      this.sessions.idsOfCustomer(tenant, customerId),
      this.sessions.idsProvenBy(tenant, customerId),
    ]);
    return new Set([...own, ...proven]);
  }

  private async *present(tenant: string, ids: Iterable<string>): AsyncGenerator<Session> {
    for (const sessionId of ids) {
      const session = await this.sessions.find({ tenant, sessionId }, this.clock.now());
      if (session) yield session;
    }
  }
}

/** Returns each record once. @param sought a record must meet one of these; more may be added during the iteration */
async function* each<T extends { readonly id: string }>(
  list: Lister<T>,
  sought: readonly Condition[],
): AsyncGenerator<T> {
  const seen = new Set<string>();
  for (const condition of sought) {
    for (const record of await all(list, condition)) {
      if (seen.has(record.id)) continue;
      seen.add(record.id);
      yield record;
    }
  }
}

/** Reads all pages before the first record is returned, so that removing records does not shift the pages. */
async function all<T>(list: Lister<T>, condition: Condition): Promise<readonly T[]> {
  const order = { path: 'createdAt', descending: false };
  const found: T[] = [];
  let rows: readonly T[];
  do {
    const page = { skip: found.length, limit: AT_ONCE, counted: false };
    ({ rows } = await list({ filter: [condition], order, ...page }));
    found.push(...rows);
  } while (rows.length === AT_ONCE);
  return found;
}
