import { Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import type { CountedKinds } from '../session-admin/session-directory.repository.js';
import { Storage } from '../storage/storage.js';
import { Metrics } from './metrics.js';
import { RareValue } from './rare-value.js';

/** A scrape waits this long for a store that does not answer. */
const PATIENCE_MS = 1_000;

/** What only the store knows. Scrapes ask it rarely, and requests never. */
@Injectable()
export class StoreGauges {
  private readonly sessions = new RareValue(() => this.countSessions());
  private readonly space = new RareValue(() => this.storage.space());
  private readonly up = new RareValue(() => this.answers(), { restMs: 1_000, factor: 1 });

  constructor(
    metrics: Metrics,
    private readonly storage: Storage,
  ) {
    this.register(metrics.registry);
  }

  private register(registry: Registry): void {
    const { sessions, space, up } = this;
    const registers = [registry];
    const stored = new Gauge({
      registers,
      aggregator: 'max',
      name: 'onesession_sessions_stored',
      help: 'Sessions that the store has, by kind: alive or dormant, and gone ones until they are erased',
      labelNames: ['kind'],
      collect: async () => {
        const counts = await sessions.get(PATIENCE_MS);
        if (!counts) return;
        for (const [kind, count] of Object.entries(counts)) stored.set({ kind }, count);
      },
    });
    const sizes = { usedBytes: 'size', freeBytes: 'free' } as const;
    for (const field of ['usedBytes', 'freeBytes'] as const) {
      const gauge = new Gauge({
        registers,
        aggregator: 'max',
        name: `onesession_store_${sizes[field]}_bytes`,
        help: field === 'usedBytes' ? 'Size of the store on disk' : 'Free room on the disk of the store',
        collect: async () => {
          const now = await space.get(PATIENCE_MS);
          if (now) gauge.set(now[field]);
        },
      });
    }
    const answering = new Gauge({
      registers,
      aggregator: 'min',
      name: 'onesession_store_up',
      help: '1 if the store answers this instance, else 0',
      collect: async () => {
        answering.set((await up.get(PATIENCE_MS)) === true ? 1 : 0);
      },
    });
  }

  private async answers(): Promise<boolean> {
    await this.storage.ping();
    return true;
  }

  private async countSessions(): Promise<CountedKinds> {
    return this.storage.sessionDirectory.countKinds(await this.storage.tenants.names());
  }
}
