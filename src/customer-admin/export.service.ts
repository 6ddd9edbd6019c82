import { Injectable } from '@nestjs/common';
import type { AuditLine } from '../audit/index.js';
import type { Cart } from '../cart/index.js';
import { type ContactAssignment, ContactsOfPerson } from '../client-management/index.js';
import {
  type Customer,
  CustomerNotFound,
  CustomerRepository,
  emailsHeld,
  profileView,
} from '../customer/index.js';
import type { OutboxMail } from '../mail/index.js';
import { historyOf, type Session } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import type { ExportedRecord } from './export.types.js';
import { PersonRecords } from './person-records.js';
import { standingOf } from './standing.js';

/**
 * Exports everything held about a person (GDPR article 15), except hashes, keys and tokens, which are not their data.
 */
@Injectable()
export class ExportService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly records: PersonRecords,
    private readonly contacts: ContactsOfPerson,
    private readonly clock: Clock,
  ) {}

  /** Returns the records, the customer first. @throws CustomerNotFound */
  async of(tenant: string, customerId: string): Promise<AsyncIterable<ExportedRecord>> {
    return this.recordsOf(await this.expectCustomer(tenant, customerId));
  }

  /** @throws CustomerNotFound */
  async expectCustomer(tenant: string, customerId: string): Promise<Customer> {
    const customer = await this.customers.find(tenant, customerId);
    if (!customer) throw new CustomerNotFound(customerId);
    return customer;
  }

  private async *recordsOf(customer: Customer): AsyncGenerator<ExportedRecord> {
    const { tenant, id } = customer;
    yield { kind: 'customer', data: customerData(customer) };
    for await (const session of this.records.sessionsOf(tenant, id)) {
      yield { kind: 'session', data: sessionData(session) };
    }
    for await (const cart of this.records.cartsOf(tenant, id)) yield { kind: 'cart', data: cartData(cart) };
    for await (const mail of this.records.mailsOf(tenant, id, emailsOf(customer, this.clock.now()))) {
      yield { kind: 'mail', data: mailData(mail) };
    }
    for (const assignment of await this.contacts.list(tenant, id)) {
      yield { kind: 'contactAssignment', data: assignmentData(assignment) };
    }
    for (const { sessionId, reason, begunAt, endsAt } of await this.records.impersonationsOf(tenant, id)) {
      yield { kind: 'impersonation', data: { sessionId, reason, begunAt, endsAt } };
    }
    for await (const line of this.records.auditLinesOf(tenant, id)) {
      yield { kind: 'auditLine', data: lineData(line, id) };
    }
  }
}

/** Returns all e-mail addresses of the customer, including former ones while nobody else can have them. */
function emailsOf(customer: Customer, now: Date): readonly string[] {
  const { contactEmail } = customer;
  return [...emailsHeld(customer, now), ...(contactEmail === undefined ? [] : [contactEmail])];
}

const customerData = (customer: Customer): object => ({
  ...profileView(customer, true),
  email: customer.email,
  emailConfirmedAt: customer.emailConfirmedAt,
  formerEmails: customer.emailUndos?.map(({ email, reservedUntil }) => ({ email, reservedUntil })),
  groups: customer.groups,
  ...standingOf(customer),
  createdAt: customer.createdAt,
});

function sessionData(session: Session): object {
  const { sessionId, kind, clientId, createdAt, legalEntityId, context, vtex } = session;
  return {
    sessionId,
    kind,
    clientId,
    createdAt,
    device: session.device,
    legalEntityId,
    context: context && { ...context, attributes: Object.fromEntries(context.attributes) },
    history: historyOf(session),
    public: vtex && Object.fromEntries(vtex.publicValues),
    computed: vtex && Object.fromEntries(vtex.computed),
    cookies: vtex && [...vtex.cookies.keys()],
  };
}

const assignmentData = ({ tenant: _tenant, ...data }: ContactAssignment): object => data;

/** Leaves out fields that only the service needs. */
function cartData(cart: Cart): object {
  const { tenant: _tenant, nextItemId: _next, incoming: _incoming, reviewAt: _review, ...data } = cart;
  return data;
}

/** Leaves out the letter, which may contain a live token. */
const mailData = ({ kind, state, to, email, newEmail, site, createdAt }: OutboxMail): object => ({
  kind,
  state,
  to,
  email,
  newEmail,
  site,
  createdAt,
});

/** Leaves out the employee: only what the person did was done from the person's network. */
const lineData = (
  { at, action, actor, target, network, reason, result }: AuditLine,
  customerId: string,
): object => ({
  at,
  action,
  by: actor.kind,
  target,
  network: actor.id === customerId ? network : undefined,
  reason,
  result,
});
