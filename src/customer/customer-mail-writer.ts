import { Injectable } from '@nestjs/common';
import { type Letter, type MailRequest, MailWriter } from '../mail/index.js';
import { Clock, secondsAfter } from '../shared/clock.js';
import { newSecret } from '../shared/ids.js';
import { TenantService } from '../tenant/index.js';
import { withOptIn } from './credentials.rules.js';
import { CustomerRepository } from './customer.repository.js';
import type { Customer, MailedToken } from './customer.types.js';
import { letterFor } from './letter.rules.js';
import { formatToken, hashToken, TOKEN_SECONDS } from './mailed-token.js';

/**
 * Mails to customers, each with a token that is made when it is written: so a token waits nowhere in plain text, its
 * time begins with the mail, and the newest mail of a kind has the only token that is good.
 */
@Injectable()
export class CustomerMailWriter extends MailWriter {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async write(request: MailRequest): Promise<Letter | undefined> {
    const { tenant, kind, site } = request;
    const addressee = await this.addresseeOf(request);
    if (!addressee) return undefined;
    const secret = newSecret();
    const expiresAt = secondsAfter(this.clock.now(), TOKEN_SECONDS[kind]);
    const made = { hash: hashToken(secret), expiresAt };
    const customer = await this.customers.change(tenant, addressee.id, (current) =>
      withToken(current, request, made),
    );
    if (!customer || !holds(customer, made)) return undefined;
    const to = request.newEmail ?? customer.email;
    const token = formatToken(customer.id, secret);
    return letterFor(kind, { to, token, site }, await this.tenants.mail(tenant));
  }

  /** @returns undefined for an e-mail that nobody has, or a new one that somebody has */
  private async addresseeOf(request: MailRequest): Promise<Customer | undefined> {
    const { tenant, customerId, email, newEmail } = request;
    if (newEmail !== undefined && (await this.customers.findByLogin(tenant, newEmail))) return undefined;
    if (customerId !== undefined) return this.customers.find(tenant, customerId);
    return email === undefined ? undefined : this.customers.findByLogin(tenant, email);
  }
}

function withToken(customer: Customer, request: MailRequest, made: MailedToken): Customer {
  const { kind, newEmail, syncContactEmail = false } = request;
  if (kind === 'opt-in') return withOptIn(customer, made);
  if (kind === 'password-reset') return { ...customer, passwordReset: made };
  if (newEmail === undefined) return customer;
  return { ...customer, emailChange: { ...made, newEmail, syncContactEmail } };
}

const holds = ({ optIn, passwordReset, emailChange }: Customer, { hash }: MailedToken): boolean =>
  [optIn, passwordReset, emailChange].some((token) => token?.hash === hash);
