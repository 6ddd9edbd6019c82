import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ErasureRepository } from './erasure.repository.js';

/** How long a caller waits at most. A large store takes longer, and goes on behind the answer. */
const WAITS_MS = 4_000;

/** Has the store overwrite what was removed: one pass at a time, and one for all who ask during a pass. */
@Injectable()
export class Overwriter implements OnModuleDestroy {
  private readonly log = new Logger(Overwriter.name);
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly erasures: ErasureRepository) {}

  /** Never throws: the sweep overwrites once more. */
  async overwrite(): Promise<void> {
    this.next ??= this.running = this.running.then(() => this.pass());
    await Promise.race([this.next, sleep(WAITS_MS, undefined, { ref: false })]);
  }

  async onModuleDestroy(): Promise<void> {
    await this.running;
  }

  private async pass(): Promise<void> {
    this.next = undefined;
    try {
      await this.erasures.overwriteRemoved();
    } catch (error) {
      this.log.warn({ err: error }, 'What was removed could not be overwritten yet');
    }
  }
}
