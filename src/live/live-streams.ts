import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Config } from '../config/config.schema.js';
import { EventFeed, EventLog, Subscribers } from '../events/index.js';
import { Clock } from '../shared/clock.js';
import { LiveStream } from './live-stream.js';
import { NoMoreStreams } from './live.errors.js';
import type { Subscription } from './live.types.js';
import { StreamGauge } from './stream-gauge.js';
import { StreamInterest } from './stream-interest.js';
import { StreamSeats } from './stream-seats.js';
import { TenantTail } from './tenant-tail.js';

const BEAT_MS = 1_000;

/**
 * A stream lasts a random part of its full time, at least this share, so that streams which began together do not all
 * reconnect together.
 */
const SHORTEST_SHARE = 0.9;

/** Longer than the id of any event. */
const LONGEST_EVENT_ID = 1_024;

interface OpenTail {
  readonly tail: Promise<TenantTail>;
  readers: number;
}

/** All live streams of this instance. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  readonly seats: StreamSeats;
  private readonly streams = new Set<LiveStream>();
  private readonly tails = new Map<string, OpenTail>();
  private readonly interest: StreamInterest;
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly events: EventLog,
    private readonly feed: EventFeed,
    private readonly subscribers: Subscribers,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly gauge: StreamGauge,
  ) {
    this.seats = new StreamSeats(config.MAX_LIVE_STREAMS);
    this.interest = new StreamInterest(subscribers, clock);
  }

  /**
   * Begins a stream. What changes after this has resolved is in it.
   * @param giveBack is called once, when the stream has closed or could not begin
   * @throws NoMoreStreams, Unauthenticated
   */
  async open(subscription: Subscription, giveBack: () => void): Promise<Readable> {
    const { tenant } = subscription;
    const release = (): void => {
      giveBack();
      this.leave(tenant);
    };
    const joined = this.join(tenant);
    // Awaited below, unless something else fails first.
    joined.catch(() => undefined);
    try {
      if (this.isStopping) throw new NoMoreStreams();
      const wasRecorded = this.subscribers.wants(tenant);
      await this.interest.ensure(tenant);
      const tail = await joined;
      const reader = await subscription.check();
      const stream = new LiveStream(subscription, reader, () => {
        if (this.streams.delete(stream)) this.gauge.changed(-1);
        release();
      });
      await this.begin(stream, tail, wasRecorded);
      return stream.readable;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Ends all streams, and begins no more: the instance is about to stop. */
  stop(): void {
    this.isStopping = true;
    for (const stream of this.streams) stream.end('stopping');
  }

  /** Closes what nobody has read to its end. */
  async onModuleDestroy(): Promise<void> {
    this.stop();
    clearInterval(this.timer);
    for (const stream of this.streams) stream.drop();
    await Promise.allSettled([...this.tails.values()].map(async ({ tail }) => (await tail).close()));
  }

  private async begin(stream: LiveStream, tail: TenantTail, wasRecorded: boolean): Promise<void> {
    const { tenant, lastEventId } = stream.subscription;
    const from = await this.positionOf(tenant, lastEventId);
    if (this.isStopping) throw new NoMoreStreams();
    // While nobody was interested, nothing was recorded.
    if (lastEventId !== undefined && (from === undefined || !wasRecorded)) stream.tellReset();
    this.streams.add(stream);
    this.gauge.changed(1);
    const { gone } = stream.subscription;
    if (gone.aborted) stream.drop();
    // A response to HEAD is closed without its body having been read.
    gone.addEventListener('abort', () => stream.drop(), { once: true });
    this.timer ??= setInterval(() => this.beat(), BEAT_MS).unref();
    this.limit(stream);
    tail.follow(stream, from).catch(() => stream.drop());
  }

  private async positionOf(tenant: string, eventId: string | undefined): Promise<string | undefined> {
    if (eventId === undefined || eventId.length > LONGEST_EVENT_ID) return undefined;
    return this.events.positionOf(tenant, eventId);
  }

  /** Asks the reader to resume, on another instance perhaps. */
  private limit(stream: LiveStream): void {
    const share = SHORTEST_SHARE + (1 - SHORTEST_SHARE) * Math.random();
    const timer = setTimeout(() => stream.end('resume'), this.config.LIVE_STREAM_SECONDS * 1000 * share);
    timer.unref();
    stream.readable.once('close', () => clearTimeout(timer));
  }

  private beat(): void {
    const now = this.clock.now();
    for (const stream of this.streams) stream.beat(now);
    for (const [tenant, { tail }] of this.tails) {
      tail.then((one) => one.beat()).catch(() => undefined);
      void this.interest.renew(tenant);
    }
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private join(tenant: string): Promise<TenantTail> {
    const open = this.tails.get(tenant) ?? {
      tail: TenantTail.open(tenant, this.events, this.feed),
      readers: 0,
    };
    open.readers += 1;
    this.tails.set(tenant, open);
    return open.tail;
  }

  private leave(tenant: string): void {
    const open = this.tails.get(tenant);
    if (!open || --open.readers > 0) return;
    this.tails.delete(tenant);
    open.tail.then(
      (tail) => tail.close(),
      () => undefined,
    );
  }
}
