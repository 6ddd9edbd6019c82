import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, secondsAfter } from '../../shared/clock.js';
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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly customers: CustomerRepository,
    private readonly changes: CredentialChanges,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.pass(0);
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.pass(LEFT_AFTER_SECONDS));
    }, EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Never throws; the next pass does what could not be done now. @param leftFor seconds since the change */
  async pass(leftFor: number): Promise<void> {
    try {
      const before = secondsAfter(this.clock.now(), -leftFor);
      for (const customer of await this.customers.withEndingSessions(before, AT_ONCE)) {
        await this.changes.endSessions(customer);
        const { tenant, id } = customer;
        this.log.log({ tenant, customer: id }, 'ended sessions left over from a change of credentials');
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Sessions left over from changes of credentials could not be ended');
    }
  }
}
