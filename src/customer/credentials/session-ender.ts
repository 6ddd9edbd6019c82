import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { Passes } from '../../shared/passes.js';
import { CustomerRepository } from '../customer.repository.js';
import { CredentialChanges } from './credential-changes.service.js';

const EVERY_MS = 5_000;

/** By this time, the request that made the change has ended the sessions itself, if it is still alive. */
const LEFT_AFTER_SECONDS = 15;

const AT_ONCE = 100;

/**
 * Ends sessions that were left over when an instance died between a change of credentials and the end of the sessions.
 * It runs before this instance serves anything, and then every few seconds for what other instances leave.
 */
@Injectable()
export class SessionEnder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(SessionEnder.name);
  private readonly passes = new Passes(
    () => this.pass(LEFT_AFTER_SECONDS),
    (error) => this.failed(error),
  );

  constructor(
    private readonly customers: CustomerRepository,
    private readonly changes: CredentialChanges,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.pass(0).catch((error: unknown) => this.failed(error));
    this.passes.every(EVERY_MS);
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** @param leftFor seconds since the change */
  async pass(leftFor: number): Promise<void> {
    const before = secondsAfter(this.clock.now(), -leftFor);
    for (const customer of await this.customers.withEndingSessions(before, AT_ONCE)) {
      await this.changes.endSessions(customer);
      const { tenant, id } = customer;
      this.log.log({ tenant, customer: id }, 'ended sessions left over from a change of credentials');
    }
  }

  private failed(err: unknown): void {
    this.log.warn({ err }, 'Sessions left over from changes of credentials could not be ended');
  }
}
