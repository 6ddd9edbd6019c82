import { Logger } from '@nestjs/common';
import type { LoggedEvent } from '../events/event.types.js';
import { EventFeed, EventLog } from '../events/index.js';
import { Passes } from '../shared/passes.js';
import type { LiveStream } from './live-stream.js';

const AT_ONCE = 200;

/** Reads the log of one tenant once for all of its streams on this instance. */
export class TenantTail {
  private readonly log = new Logger(TenantTail.name);
  private readonly streams = new Set<LiveStream>();
  private readonly passes = new Passes(
    () => this.pass(),
    (error) => this.failed(error),
  );
  private readonly stopListening: () => void;
  private isBehind = false;

  private constructor(
    private readonly tenant: string,
    private readonly events: EventLog,
    feed: EventFeed,
    private position: string | undefined,
  ) {
    this.stopListening = feed.onGrowth(tenant, () => this.passes.wake());
  }

  /** Begins after the newest event. */
  static async open(tenant: string, events: EventLog, feed: EventFeed): Promise<TenantTail> {
    return new TenantTail(tenant, events, feed, await events.newest(tenant));
  }

  /** Has the stream get all further events, after those that it missed. @param from its last position; if absent, now */
  async follow(stream: LiveStream, from: string | undefined): Promise<void> {
    stream.startAt(from ?? this.position);
    let position = from;
    while (!stream.isOver && position !== undefined && position < (this.position ?? '')) {
      const seen = this.position;
      const missed = await this.events.after(this.tenant, position, AT_ONCE);
      await stream.take(missed);
      position = missed.at(-1)?.position ?? seen;
    }
    if (stream.isOver) return;
    this.streams.add(stream);
    stream.readable.once('close', () => this.streams.delete(stream));
  }

  /** To be called each second: goes on where the store was away. */
  beat(): void {
    if (this.isBehind) this.passes.wake();
  }

  async close(): Promise<void> {
    this.stopListening();
    await this.passes.stop();
  }

  private async pass(): Promise<void> {
    let batch: readonly LoggedEvent[];
    do {
      batch = await this.events.after(this.tenant, this.position, AT_ONCE);
      this.position = batch.at(-1)?.position ?? this.position;
      for (const stream of this.streams) stream.offer(batch);
    } while (batch.length === AT_ONCE && !this.passes.isStopped);
    this.isBehind = false;
  }

  private failed(err: unknown): void {
    this.isBehind = true;
    this.log.debug({ err }, 'live streams wait for the store');
  }
}
