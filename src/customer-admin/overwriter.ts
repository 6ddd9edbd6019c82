import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ErasureRepository } from './erasure.repository.js';

/** Maximum time that a caller waits. Overwriting a large store takes longer and continues after the response. */
const WAITS_MS = 4_000;

/** Makes the store overwrite what was removed, in one pass at a time. All callers during a pass share the next one. */
@Injectable()
export class Overwriter implements OnModuleDestroy {
  private readonly log = new Logger(Overwriter.name);
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly erasures: ErasureRepository) {}

  /** Never throws, because the sweep overwrites once more. */
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
