import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { Clock } from './clock.js';
import { Passes } from './passes.js';

/**
 * Removes what has expired.
 * @param isStopping a long sweep ends early when this turns true, and the next one makes up for it
 * @returns how many records it removed, for the metric; nothing if they are not to be counted
 */
export type Sweep = (now: Date, isStopping: () => boolean) => Promise<number | void>;

/** Counts the records that sweeps removed. `observability/` implements it. */
export abstract class SweepMeter {
  abstract removed(records: number): void;
}

/** Every `SWEEP_SECONDS`, runs what features have added, one sweep after another. Reads never wait for it. */
@Injectable()
export class Sweeps implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Sweeps.name);
  private readonly sweeps = new Map<string, Sweep>();
  private readonly passes = new Passes(
    () => this.run(),
    (err) => this.log.warn({ err }, 'Sweeps failed'),
  );

  constructor(
    private readonly meter: SweepMeter,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** For the constructors of modules. @param name tells in the log which sweep failed */
  add(name: string, sweep: Sweep): void {
    this.sweeps.set(name, sweep);
  }

  onApplicationBootstrap(): void {
    this.passes.every(this.config.SWEEP_SECONDS * 1000);
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** Runs all sweeps now. One that fails does not keep the others from running. @returns the number of removed records */
  async run(): Promise<number> {
    const isStopping = (): boolean => this.passes.isStopped;
    let removed = 0;
    for (const [name, sweep] of this.sweeps) {
      if (isStopping()) break;
      try {
        removed += (await sweep(this.clock.now(), isStopping)) ?? 0;
      } catch (err) {
        this.log.warn({ err, sweep: name }, 'A sweep failed');
      }
    }
    this.meter.removed(removed);
    return removed;
  }
}
