import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { BoundedCounters } from '../shared/bounded-counters.js';
import { Clock } from '../shared/clock.js';
import { TenantService } from '../tenant/index.js';
import { AuditRepository } from './audit.repository.js';
import { isStaff, loggedOf } from './audit.rules.js';
import type { AuditEvent, AuditLine } from './audit.types.js';
import { lineIdOf } from './line-id.rules.js';

const DAY_MS = 86_400_000;

/** How many lines one write to the store takes. */
const BATCH = 200;
/** How many lines may wait while the store is unavailable. They are in the log stream as well. */
const MOST_WAITING = 10_000;
const RETRY_MS = 1_000;
const TRIES_AT_STOP = 3;

const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

/**
 * How many lines per minute record callers from outside the tenant: enough to notice them, too few to fill the store.
 */
const STRANGERS_PER_MINUTE = 600;

/** Writes the audit log. See docs/decisions/0044-audit-log.md for what is promised. */
@Injectable()
export class AuditRecorder {
  private readonly log = new Logger('Audit');
  private readonly strangers = new BoundedCounters(1);
  private readonly waiting: AuditLine[] = [];
  private draining: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private last = { ms: 0, count: 0 };

  constructor(
    private readonly lines: AuditRepository,
    private readonly tenants: TenantService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a line now. If the store is away, the line waits, so that a change that happened is not reported as a
   * failure.
   */
  async record(event: AuditEvent): Promise<void> {
    const line = this.lineOf(event);
    this.log.log(loggedOf(line), 'audit');
    try {
      await this.lines.append([line]);
    } catch (error) {
      this.log.warn({ err: error, audit: line.id }, 'a line of the audit log has to wait');
      this.wait(line);
      this.retryLater();
    }
  }

  /** Writes a line soon. The request does not wait for it. */
  note(event: AuditEvent): void {
    if (!isStaff(event.actor) && !this.admitsStranger()) return;
    const line = this.lineOf(event);
    this.log.log(loggedOf(line), 'audit');
    this.wait(line);
    void this.drain();
  }

  /** Resolves once all lines of this instance are written, or the store turns out to be unavailable. */
  drain(): Promise<void> {
    this.draining ??= this.write().finally(() => (this.draining = undefined));
    return this.draining;
  }

  /** Writes the remaining lines after the last request has been answered. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < TRIES_AT_STOP; tries += 1) {
      await this.drain();
      if (this.waiting.length === 0) break;
      await pause(RETRY_MS);
    }
    clearTimeout(this.retry);
    if (this.waiting.length > 0)
      this.log.error(`${this.waiting.length} lines of the audit log are in the log stream only`);
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        await this.lines.append(await this.ofTenants(batch));
      } catch (error) {
        this.log.warn({ err: error }, 'the audit log can not be written, and is tried again');
        this.retryLater();
        return;
      }
      this.waiting.splice(0, batch.length);
    }
  }

  /** Leaves out lines of tenants that do not exist: anybody can put any name into a path. */
  private async ofTenants(lines: readonly AuditLine[]): Promise<readonly AuditLine[]> {
    const doubtful = new Set(lines.filter(({ actor }) => !isStaff(actor)).map(({ tenant }) => tenant));
    const missing = new Set<string>();
    for (const name of doubtful) if (!(await this.tenants.exists(name))) missing.add(name);
    return lines.filter(({ tenant }) => !missing.has(tenant));
  }

  private wait(line: AuditLine): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(line);
    else this.log.warn({ audit: line.id }, 'too many lines wait: this one is in the log stream only');
  }

  private retryLater(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.drain(), RETRY_MS).unref();
  }

  private admitsStranger(): boolean {
    const { consumedPoints } = this.strangers.take('all', 1, 60);
    if (consumedPoints === STRANGERS_PER_MINUTE + 1)
      this.log.warn('too many requests of strangers to the admin API: no more lines for them in this minute');
    return consumedPoints <= STRANGERS_PER_MINUTE;
  }

  private lineOf(event: AuditEvent): AuditLine {
    const at = this.clock.now();
    const ms = at.getTime();
    this.last = { ms, count: this.last.ms === ms ? this.last.count + 1 : 0 };
    return {
      id: lineIdOf(at, this.last.count, randomBytes(8).toString('hex')),
      at,
      erasedAt: new Date(ms + this.config.AUDIT_DAYS * DAY_MS),
      ...event,
    };
  }
}
