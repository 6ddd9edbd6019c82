import { hash } from 'node:crypto';
import { emailsEverHeld, emailsHeld } from '../../../customer/credentials/email-undo.rules.js';
import { StoredCustomers } from '../../../customer/customer.repository.js';
import type { Customer } from '../../../customer/customer.types.js';
import { type Candidates, candidatesOf, isByTime } from '../../../customer/list.rules.js';
import { hasLegacyPassword } from '../../../customer/passwords/legacy-password.rules.js';
import { idAt } from '../../../customer/search.rules.js';
import type { CustomerPage, CustomerSearch } from '../../../customer/search.types.js';
import type { Tell } from '../../../events/event.types.js';
import { within } from '../../../shared/filter/filter.rules.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { LmdbCustomerSearch } from './customer-search.js';
import type { LmdbEventLog } from '../events/event-log.lmdb.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { EndIndex } from '../store/end-index.js';
import { listOf, listTable } from '../store/listing.js';
import { LAST, type SizedRow, type Table } from '../store/table.js';

/**
 * Hashed, because a former key may stay in the file as the border between two pages, and an e-mail address must not
 * (P-72).
 */
const emailKey = (tenant: string, email: string): string[] => [tenant, hash('sha256', email, 'base64url')];

export class LmdbCustomerRepository extends StoredCustomers {
  private readonly customers: Table<Customer>;
  private readonly idsByEmail: Table<string>;
  private readonly endings: EndIndex;
  private readonly searches: LmdbCustomerSearch;
  private readonly legacies: Table<true>;

  constructor(
    private readonly store: EmbeddedStore,
    private readonly events: LmdbEventLog,
  ) {
    super();
    this.customers = store.table('customers');
    this.idsByEmail = store.table('customers-by-email-hash');
    this.endings = store.endIndex('customers-by-ending-sessions');
    this.legacies = store.table('customers-with-legacy-password');
    this.searches = new LmdbCustomerSearch(store);
  }

  /** Migrates a store that an earlier version has written. */
  async migrate(): Promise<void> {
    await this.hashEmails();
    await this.searches.build(this.customers);
  }

  /** Of a store in which the keys were the e-mail addresses themselves. */
  private async hashEmails(): Promise<void> {
    const earlier = this.store.table<string>('customers-by-email');
    const rows = [...earlier.under([])].map(({ key, row }) => ({ key: key as string[], id: row }));
    if (rows.length === 0) return;
    await this.store.write(() => {
      for (const { key, id } of rows) {
        const [tenant = '', email = ''] = key;
        this.idsByEmail.put(emailKey(tenant, email), id);
        earlier.remove(key);
      }
    });
  }

  override async find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.get([tenant, id]);
  }

  override async findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    const holder = this.holderOf(tenant, email);
    return holder?.email === email ? holder : undefined;
  }

  override create(customer: Customer, tell?: Tell<Customer>): Promise<boolean> {
    const { tenant, id, email, createdAt } = customer;
    return this.store.write(() => {
      if (this.customers.get([tenant, id]) || this.isHeld(tenant, email, createdAt)) return false;
      this.put(undefined, customer);
      if (tell) this.events.append(tell(undefined, customer));
      this.idsByEmail.put(emailKey(tenant, email), id);
      return true;
    });
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined> {
    return this.store.write(() => {
      const current = this.customers.get([tenant, id]);
      if (!current) return undefined;
      const next = decide(current);
      if (next === current) return next;
      this.put(current, next);
      if (tell) this.events.append(tell(current, next));
      return next;
    });
  }

  override changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined> {
    return this.store.write(() => {
      const current = this.customers.get([tenant, id]);
      if (!current || this.isHeld(tenant, newEmail, now, id)) return undefined;
      const next = decide(current);
      this.put(current, next);
      if (tell && next !== current) this.events.append(tell(current, next));
      const held = emailsHeld(next, now);
      const left = emailsEverHeld(current).filter((email) => !held.includes(email));
      this.release(tenant, id, left);
      this.idsByEmail.put(emailKey(tenant, newEmail), id);
      return next;
    });
  }

  override async withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]> {
    const keys = this.endings.endedBy(before, limit);
    return keys.map((key) => this.customers.get(key)).filter((customer) => customer !== undefined);
  }

  override async tenantsWithLegacyPasswords(): Promise<readonly string[]> {
    const tenants: string[] = [];
    for (let last: string[] = ['']; ; last = [tenants.at(-1) ?? '', LAST]) {
      const [next] = this.legacies.between(last, [LAST], 1);
      if (!next) return tenants;
      tenants.push(next.key[0] ?? '');
    }
  }

  override async withLegacyPassword(tenant: string, limit: number, after = ''): Promise<readonly Customer[]> {
    const keys = Array.from(this.legacies.between([tenant, after], [tenant, LAST], limit), ({ key }) => key);
    return keys.map((key) => this.customers.get(key)).filter((customer) => customer !== undefined);
  }

  override async search(tenant: string, search: CustomerSearch): Promise<CustomerPage> {
    const { places, ...next } = await this.searches.search(tenant, search);
    const rows = places.map((place) => this.customers.get([tenant, idAt(place)]));
    return { rows: rows.filter((customer) => customer !== undefined), ...next };
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<Customer>> {
    const candidates = candidatesOf(listing.filter);
    const ids = candidates && this.idsOf(tenant, candidates);
    const idOfRow = ({ id }: Customer) => id;
    if (ids) return listOf(this.customers, this.rowsOf(tenant, ids), listing, idOfRow);
    return isByTime(listing)
      ? this.byTime(tenant, listing)
      : listTable(this.customers, tenant, listing, idOfRow);
  }

  /** A part of the tenant's customers, for `MovingRecords`. */
  some(tenant: string, limit: number, after?: string): readonly Customer[] {
    const start = after === undefined ? [tenant] : [tenant, after];
    return Array.from(this.customers.between(start, [tenant, LAST], limit), ({ row }) => row);
  }

  override async remove(
    tenant: string,
    id: string,
    emails: readonly string[],
    tell?: Tell<Customer>,
  ): Promise<void> {
    await this.store.write(() => {
      const key = [tenant, id];
      const current = this.customers.get(key);
      this.release(tenant, id, current ? [...emails, ...emailsEverHeld(current)] : emails);
      this.endings.move(key, current?.endingSessions?.since, undefined);
      this.searches.move(tenant, current, undefined);
      this.legacies.remove(key);
      this.customers.remove(key);
      if (tell && current) this.events.append(tell(current, undefined));
    });
  }

  /** @returns undefined if they are too many to be sorted */
  private idsOf(tenant: string, candidates: Candidates): readonly string[] | undefined {
    if (candidates.by === 'ids') return candidates.ids;
    if (candidates.by === 'word') return this.searches.placesOf(tenant, candidates.word)?.map(idAt);
    const id = this.idsByEmail.get(emailKey(tenant, candidates.email));
    return id === undefined ? [] : [id];
  }

  private byTime(tenant: string, { order, skip, limit, counted, maxBytes }: Listing): Listed<Customer> {
    // Places begin with the newest.
    const places = this.searches.places(tenant, { skip, limit, reverse: !order.descending });
    const rows = [...this.rowsOf(tenant, places.map(idAt))];
    const { fitting, ...cut } = within(rows, maxBytes);
    return {
      rows: fitting.map(({ row }) => row),
      ...(counted && { total: this.searches.count(tenant) }),
      ...cut,
    };
  }

  private *rowsOf(tenant: string, ids: readonly string[]): Generator<SizedRow<Customer>> {
    for (const id of ids) {
      const row = this.customers.sizedRow([tenant, id]);
      if (row) yield row;
    }
  }

  private release(tenant: string, id: string, emails: readonly string[]): void {
    for (const email of emails) {
      const key = emailKey(tenant, email);
      if (this.idsByEmail.get(key) === id) this.idsByEmail.remove(key);
    }
  }

  private holderOf(tenant: string, email: string): Customer | undefined {
    const id = this.idsByEmail.get(emailKey(tenant, email));
    return id === undefined ? undefined : this.customers.get([tenant, id]);
  }

  /** By another customer than this one. */
  private isHeld(tenant: string, email: string, now: Date, id?: string): boolean {
    const holder = this.holderOf(tenant, email);
    return holder !== undefined && holder.id !== id && emailsHeld(holder, now).includes(email);
  }

  private put(before: Customer | undefined, next: Customer): void {
    const key = [next.tenant, next.id];
    this.customers.put(key, next);
    this.endings.move(key, before?.endingSessions?.since, next.endingSessions?.since);
    this.searches.move(next.tenant, before, next);
    if (hasLegacyPassword(next)) this.legacies.put(key, true);
    else if (before && hasLegacyPassword(before)) this.legacies.remove(key);
  }
}
