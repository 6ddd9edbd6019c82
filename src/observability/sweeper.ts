import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SigningKeys } from '../auth/index.js';
import { ExpiredCartSweep } from '../cart/index.js';
import { Config } from '../config/config.schema.js';
import { ErasureService } from '../customer-admin/index.js';
import { Clock } from '../shared/clock.js';
import { Passes } from '../shared/passes.js';
import { Storage } from '../storage/storage.js';
import { Metrics } from './metrics.js';

/** Every `SWEEP_SECONDS`, deletes what has expired and rotates a signing key that is due. Reads never wait for it. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Sweeper.name);
  private readonly passes = new Passes(
    () => this.pass(),
    (err) => this.log.warn({ err }, 'sweep failed'),
  );

  constructor(
    private readonly storage: Storage,
    private readonly carts: ExpiredCartSweep,
    private readonly erasures: ErasureService,
    private readonly keys: SigningKeys,
    private readonly metrics: Metrics,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.passes.every(this.config.SWEEP_SECONDS * 1000);
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** @returns the number of deleted records */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const erased = (await this.storage.sweep(now)) + (await this.carts.sweep(now));
    await this.erasures.sweep(now);
    this.metrics.swept.inc(erased);
    return erased;
  }

  private async pass(): Promise<void> {
    await this.sweep();
    await this.keys.rotateAfter(this.config.KEY_ROTATION_DAYS);
  }
}
