import { emailsEverHeld, emailsHeld } from '../../../customer/credentials/email-undo.rules.js';
import { StoredCustomers } from '../../../customer/customer.repository.js';
import type { Address, Customer } from '../../../customer/customer.types.js';
import { type Candidates, candidatesOf } from '../../../customer/list.rules.js';
import { hasLegacyPassword } from '../../../customer/passwords/legacy-password.rules.js';
import { idAt, searchEntry } from '../../../customer/search.rules.js';
import type { CustomerPage, CustomerSearch } from '../../../customer/search.types.js';
import { profileKeyOf } from '../../../session/context/profile.rules.js';
import type { Tell } from '../../../events/event.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { MongoCustomerSearch, type SearchedPart, type SearchRow, searchRow } from './customer-search.js';
import type { MongoEventRelay } from '../events/event-relay.js';
import { CUSTOMERS_BY_PROFILE, LEGACY_CUSTOMERS } from '../link/schemas.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { AddedField } from '../rows/older-rows.js';
import { type Claim, type Holders, takeClaim } from '../rows/claim.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { listByIds, listRows } from '../rows/listing.js';
import { type Codec, Records } from '../rows/records.js';
import { idOf, op, type Row, Rows } from '../rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from '../rows/stored-json.js';

const JSON_FIELDS = ['mixins', 'mixinSchemas'] as const;
type JsonField = (typeof JSON_FIELDS)[number];

export interface CustomerRow extends SearchRow, Omit<Texts<Customer, JsonField>, 'addresses'> {
  readonly addresses: readonly Texts<Address, JsonField>[];
  /** The tenant, only where `hasLegacyPassword`. */
  readonly legacy?: string;
}

/** Which customer has an e-mail address: unique in a sharded cluster as well, where only `_id` can be. */
interface EmailRow extends Row {
  readonly customerId: string;
}

const searchedPart = (customer: Customer): SearchedPart => ({
  ...searchRow(customer.tenant, searchEntry(customer)),
  profile: profileKeyOf(customer),
});

export const customerCodec: Codec<Customer, CustomerRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: (customer) => ({
    ...withStoredJson(customer, JSON_FIELDS),
    addresses: customer.addresses.map((address) => withStoredJson(address, JSON_FIELDS)),
    ...(hasLegacyPassword(customer) && { legacy: customer.tenant }),
    search: searchedPart(customer),
  }),
  fromRow: ({ _id, rev: _rev, search: _search, outbox: _outbox, legacy: _legacy, ...row }) => ({
    ...withGivenJson<Customer>(row, JSON_FIELDS),
    addresses: row.addresses.map((address) => withGivenJson<Address>(address, JSON_FIELDS)),
  }),
};

export const CUSTOMER_PROFILES: AddedField<CustomerRow> = {
  collection: 'customers',
  field: 'search.profile',
  index: CUSTOMERS_BY_PROFILE,
  valueOf: (row) => profileKeyOf(customerCodec.fromRow(row)),
};

export class MongoCustomerRepository extends StoredCustomers {
  private readonly customers: Records<Customer, CustomerRow>;
  private readonly emails: Rows<EmailRow>;
  private readonly writer: CoalescingWriter<Customer>;
  private readonly searches: MongoCustomerSearch<CustomerRow>;

  constructor(link: MongoLink, relay: MongoEventRelay) {
    super();
    this.customers = new Records(new Rows<CustomerRow>(link, 'customers'), customerCodec, {
      onTold: (id) => relay.wake('customers', id),
    });
    this.emails = new Rows<EmailRow>(link, 'customer_emails');
    this.writer = new CoalescingWriter(this.customers);
    this.searches = new MongoCustomerSearch(this.customers.rows, (row) =>
      searchedPart(customerCodec.fromRow(row)),
    );
  }

  /** Indexes the customers that an earlier version has written, in the background. */
  indexOlder(): void {
    this.searches.indexOlder();
  }

  override find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.find(idOf(tenant, id));
  }

  override async findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    const claimed = await this.emails.find(idOf(tenant, email));
    const customer = claimed && (await this.find(tenant, claimed.customerId));
    return customer?.email === email ? customer : undefined;
  }

  override async create(customer: Customer, tell?: Tell<Customer>): Promise<boolean> {
    const { tenant, email, id, createdAt } = customer;
    const holders = this.holdersOf(tenant, email, createdAt);
    const claimed = await takeClaim(this.claimOf(tenant, email), id, holders);
    const told = this.customers.tell(undefined, { ...customer }, tell?.(undefined, customer));
    return claimed && this.customers.insert(told);
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined> {
    return this.writer.change(idOf(tenant, id), (current) => {
      const next = current && this.decided(current, decide, tell);
      return { next, result: next };
    });
  }

  /**
   * Claims the new e-mail address before the record names it, and releases addresses that are no longer held
   * afterwards. In between, the customer is found by either.
   */
  override async changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined> {
    const claim = this.claimOf(tenant, newEmail);
    if (!(await takeClaim(claim, id, this.holdersOf(tenant, newEmail, now)))) return undefined;
    const changed = await this.writer.change(idOf(tenant, id), (current) => {
      const next = current && this.decided(current, decide, tell);
      return { next, result: next && { before: emailsEverHeld(current), next } };
    });
    if (!changed) return undefined;
    // A slow release by an earlier change may have released it.
    await claim.take(id);
    const held = emailsHeld(changed.next, now);
    const left = changed.before.filter((email) => !held.includes(email));
    await Promise.all(left.map((email) => this.emails.remove({ _id: idOf(tenant, email), customerId: id })));
    return changed.next;
  }

  override async withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]> {
    const filter = { 'endingSessions.since': op({ $lte: before }) };
    const rows = await this.customers.rows.list(filter, { sort: { 'endingSessions.since': 1 }, limit });
    return rows.map(customerCodec.fromRow);
  }

  override async tenantsWithLegacyPasswords(): Promise<readonly string[]> {
    const tenants: string[] = [];
    for (let last = ''; ; last = tenants.at(-1) ?? '') {
      const filter = { legacy: op({ $gt: last }) };
      const options = { sort: { legacy: 1 }, limit: 1, hint: LEGACY_CUSTOMERS } as const;
      const [next] = await this.customers.rows.list(filter, options);
      if (!next) return tenants;
      tenants.push(next.tenant);
    }
  }

  override async withLegacyPassword(tenant: string, limit: number, after = ''): Promise<readonly Customer[]> {
    const filter = { legacy: tenant, id: op({ $gt: after }) };
    const options = { sort: { id: 1 }, limit, hint: LEGACY_CUSTOMERS } as const;
    return (await this.customers.rows.list(filter, options)).map(customerCodec.fromRow);
  }

  override async search(tenant: string, search: CustomerSearch): Promise<CustomerPage> {
    const { rows, ...next } = await this.searches.search(tenant, search);
    return { rows: rows.map(customerCodec.fromRow), ...next };
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<Customer>> {
    const candidates = candidatesOf(listing.filter);
    const ids = candidates && (await this.idsOf(tenant, candidates));
    const rows = this.customers.rows;
    const listed = ids ? await listByIds(rows, tenant, ids, listing) : await listRows(rows, tenant, listing);
    return { ...listed, rows: listed.rows.map(customerCodec.fromRow) };
  }

  override async remove(
    tenant: string,
    id: string,
    emails: readonly string[],
    tell?: Tell<Customer>,
  ): Promise<void> {
    const removed = await this.erase(idOf(tenant, id), tell);
    const held = removed ? [...emails, ...emailsEverHeld(removed)] : emails;
    for (const email of new Set(held)) await this.emails.remove({ _id: idOf(tenant, email), customerId: id });
  }

  /** Returns ids of documents. @returns undefined if they are too many to be sorted */
  private async idsOf(tenant: string, candidates: Candidates): Promise<readonly string[] | undefined> {
    if (candidates.by === 'ids') return candidates.ids.map((id) => idOf(tenant, id));
    if (candidates.by === 'word') {
      const places = await this.searches.placesOf(tenant, candidates.word);
      return places?.map((place) => idOf(tenant, idAt(place)));
    }
    const claimed = await this.emails.find(idOf(tenant, candidates.email));
    return claimed ? [idOf(tenant, claimed.customerId)] : [];
  }

  private async erase(id: string, tell: Tell<Customer> | undefined): Promise<Customer | undefined> {
    for (;;) {
      const stored = await this.customers.read(id);
      if (!stored) return undefined;
      if (await this.customers.erase(id, stored, tell?.(stored.value, undefined))) return stored.value;
    }
  }

  private decided(
    current: Customer,
    decide: (current: Customer) => Customer,
    tell: Tell<Customer> | undefined,
  ): Customer {
    const next = decide(current);
    return next === current ? current : this.customers.tell(current, next, tell?.(current, next));
  }

  /** Another customer has waited long enough for this one to take the e-mail address: now this one can't any more. */
  private async cancelEmailChange(tenant: string, id: string, email: string): Promise<boolean> {
    const left = await this.writer.change(idOf(tenant, id), (current) => {
      if (current?.emailChange?.newEmail !== email) return { next: current, result: current };
      const { emailChange: _cancelled, ...next } = current;
      return { next: this.customers.tell(current, next, undefined), result: next };
    });
    return left !== undefined && left.email !== email;
  }

  private claimOf(tenant: string, email: string): Claim {
    const _id = idOf(tenant, email);
    const holder = async () => (await this.emails.find(_id))?.customerId;
    return {
      holder,
      take: async (by) => (await this.emails.insert({ _id, customerId: by })) || (await holder()) === by,
      takeOver: (from, by) => this.emails.replace({ _id, customerId: from }, { _id, customerId: by }),
    };
  }

  private holdersOf(tenant: string, email: string, now: Date): Holders {
    return {
      standingOf: async (id) => {
        const customer = await this.find(tenant, id);
        if (!customer) return 'making';
        if (emailsHeld(customer, now).includes(email)) return 'has';
        return customer.emailChange?.newEmail === email ? 'making' : 'left';
      },
      prevent: async (id) =>
        (await this.customers.prevent(idOf(tenant, id))) || this.cancelEmailChange(tenant, id, email),
    };
  }
}
