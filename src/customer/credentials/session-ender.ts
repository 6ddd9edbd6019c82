import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { CustomerRepository } from '../customer.repository.js';
import { CredentialChanges } from './credential-changes.service.js';

const EVERY_MS = 5_000;

/** By then a request that is still alive has ended the sessions itself. */
const LEFT_AFTER_SECONDS = 15;

const AT_ONCE = 100;

/**
 * Ends the sessions that an instance left when it died between a change of credentials and their end: before this
 * instance serves anything, and every few seconds for what others leave.
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

  /** Never throws: what could not be done now is done by the next pass. @param leftFor seconds */
  async pass(leftFor: number): Promise<void> {
    try {
      const before = secondsAfter(this.clock.now(), -leftFor);
      for (const customer of await this.customers.withEndingSessions(before, AT_ONCE)) {
        await this.changes.endSessions(customer);
        const { tenant, id } = customer;
        this.log.log({ tenant, customer: id }, 'ended the sessions that a change of credentials had left');
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Sessions that changes of credentials have left could not be ended');
    }
  }
}
