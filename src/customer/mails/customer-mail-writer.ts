import { Injectable } from '@nestjs/common';
import {
  type Letter,
  type MailRequest,
  MailWriter,
  type NoticeKind,
  type TokenMailKind,
} from '../../mail/index.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { newSecret } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { hasChange } from '../credentials/credentials.rules.js';
import { formatToken, hashToken, TOKEN_SECONDS } from '../credentials/mailed-token.js';
import { addressOf, withPending, withSignUpTold } from '../credentials/pending.rules.js';
import { hasLegacyPassword } from '../passwords/legacy-password.rules.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import { isNotice, noticeLetter, tokenLetter } from './letter.rules.js';

/**
 * Writes mails to customers. A token is made when its mail is written: it never waits in plain text, its time begins
 * with the mail, and only the token of the newest mail of a kind is valid.
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

  override write(request: MailRequest, askedAt: Date): Promise<Letter | undefined> {
    const { kind } = request;
    return isNotice(kind) ? this.notice(kind, request) : this.withToken(kind, request, askedAt);
  }

  private async withToken(
    kind: TokenMailKind,
    request: MailRequest,
    askedAt: Date,
  ): Promise<Letter | undefined> {
    const { tenant, site } = request;
    const addressee = await this.addresseeOf(request);
    if (!addressee) return undefined;
    const secret = newSecret();
    const made = { hash: hashToken(secret), expiresAt: secondsAfter(this.clock.now(), TOKEN_SECONDS[kind]) };
    const customer = await this.customers.change(tenant, addressee.id, (current) =>
      withPending(current, request, askedAt, made),
    );
    const to = customer && addressOf(customer, made);
    if (to === undefined) return undefined;
    const token = formatToken(addressee.id, secret);
    return tokenLetter(kind, { to, token, site }, await this.tenants.mail(tenant));
  }

  private async notice(kind: NoticeKind, request: MailRequest): Promise<Letter | undefined> {
    const { tenant, email } = request;
    if (email === undefined || !(await this.isDue(kind, request))) return undefined;
    return noticeLetter(kind, email, await this.tenants.mail(tenant));
  }

  private async isDue(kind: NoticeKind, request: MailRequest): Promise<boolean> {
    if (kind === 'already-registered') return this.isToBeTold(request);
    if (kind !== 'password-expires' && kind !== 'password-expired') return this.hasHappened(request);
    const customer = await this.customers.find(request.tenant, request.customerId ?? '');
    if (!customer || customer.email !== request.email) return false;
    return kind === 'password-expires' ? hasLegacyPassword(customer) : customer.passwordHash === undefined;
  }

  private async hasHappened({ tenant, customerId = '', about = '' }: MailRequest): Promise<boolean> {
    const customer = await this.customers.find(tenant, customerId);
    return customer !== undefined && hasChange(customer, about);
  }

  /**
   * Tells whether the address belonged to somebody else before this sign-up. @param request its `customerId` is the id
   * that the sign-up was answered with
   */
  private async isToBeTold({ tenant, customerId = '', email = '' }: MailRequest): Promise<boolean> {
    const owner = await this.customers.findByLogin(tenant, email);
    if (!owner || owner.id === customerId) return false;
    const now = this.clock.now();
    const told = await this.customers.change(tenant, owner.id, (current) =>
      withSignUpTold(current, customerId, now),
    );
    return told?.signUpTold?.signUp === customerId;
  }

  /** @returns undefined if nobody has the e-mail address, or if somebody already has the new one */
  private async addresseeOf(request: MailRequest): Promise<Customer | undefined> {
    const { tenant, kind, customerId, email, newEmail } = request;
    if (newEmail !== undefined && (await this.customers.findByLogin(tenant, newEmail))) return undefined;
    if (customerId !== undefined) {
      const customer = await this.customers.find(tenant, customerId);
      // Of a new customer who could not be created, because the id was taken.
      const isAnother = kind === 'password-reset' && email !== undefined && customer?.email !== email;
      return isAnother ? undefined : customer;
    }
    return email === undefined ? undefined : this.customers.findByLogin(tenant, email);
  }
}
