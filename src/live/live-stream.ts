import { Logger } from '@nestjs/common';
import { cloudEventOf, type LoggedEvent } from '../events/index.js';
import { Forbidden, Unauthenticated } from '../shared/domain-error.js';
import { Passes } from '../shared/passes.js';
import { endsSession, mayResume, withCartOf } from './live.rules.js';
import type { EndReason, LastWords, Reader, Subscription } from './live.types.js';
import { sseComment, sseMessage, sseRetry } from './sse.rules.js';
import { StreamBody } from './stream-body.js';

const RETRY_MS = 2_000;

/** In seconds: `beat` is called once per second. */
const COMMENT_EVERY = 15;
const SLOWEST_READER = 30;
/** A session's last event may be on its way through the relay. */
const LAST_WORDS_AFTER = 2;

/** A reader who is further behind is closed, and resumes from the log. */
const MOST_WAITING_EVENTS = 1_000;

/** One live stream. It writes the offered events in order, after checking that the token still opens it. */
export class LiveStream {
  private readonly log = new Logger(LiveStream.name);
  private readonly body: StreamBody;
  private readonly passes = new Passes(
    () => this.pass(),
    (error) => this.failed(error),
  );
  private waiting: LoggedEvent[] = [];
  private position = '';
  private silentFor = 0;
  private stuckFor = 0;
  private refusedFor = 0;
  private isRefused = false;
  private isEnded = false;

  constructor(
    readonly subscription: Subscription,
    private reader: Reader,
    onClose: () => void,
  ) {
    this.body = new StreamBody(onClose);
    void this.body.write(sseRetry(RETRY_MS));
  }

  get readable() {
    return this.body.readable;
  }

  get isOver(): boolean {
    return this.isEnded || this.body.isOver;
  }

  /** Begins after this position. */
  startAt(position: string | undefined): void {
    this.position = position ?? '';
  }

  /** Tells the reader that events may be missing, so that it reads the state again. */
  tellReset(): void {
    void this.body.write(sseMessage({ event: 'reset', data: { reason: 'unknown-last-event-id' } }));
  }

  /** Takes events of the tenant; those that were taken before are left out. */
  offer(events: readonly LoggedEvent[]): void {
    if (this.isOver) return;
    for (const one of events) if (one.position > this.position) this.keepIfChosen(one);
    this.position = events.at(-1)?.position ?? this.position;
    if (this.waiting.length > MOST_WAITING_EVENTS) this.body.drop();
    else if (this.waiting.length > 0) this.passes.wake();
  }

  /** As `offer`, and waits until the events are written. */
  async take(events: readonly LoggedEvent[]): Promise<void> {
    this.offer(events);
    await this.passes.settled();
  }

  /** Asks whether the token still opens the stream. */
  recheck(): void {
    this.passes.wake();
  }

  /** To be called each second. */
  beat(now: Date): void {
    if (this.isEnded) this.countStuck();
    else if (this.subscription.expiresAt <= now) this.end('token-ended');
    else if (this.isRefused && ++this.refusedFor > LAST_WORDS_AFTER) this.end('token-ended');
    else if (this.body.isWaiting) this.countStuck();
    else this.countSilent();
  }

  end(reason: EndReason): void {
    if (this.isOver) return;
    this.isEnded = true;
    this.stuckFor = 0;
    this.body.end(sseMessage({ event: 'end', data: { reason, resume: mayResume(reason) } }));
  }

  /** Closes the connection of a reader who does not read. */
  drop(): void {
    this.body.drop();
  }

  private countStuck(): void {
    if (++this.stuckFor >= SLOWEST_READER) this.body.drop();
  }

  private countSilent(): void {
    this.stuckFor = 0;
    if (++this.silentFor < COMMENT_EVERY) {
      // Work that is still to do because the store was unavailable.
      if (this.waiting.length > 0) this.passes.wake();
      return;
    }
    this.silentFor = 0;
    void this.body.write(sseComment('still here'));
    this.recheck();
  }

  private keepIfChosen(one: LoggedEvent): void {
    if (!this.subscription.chooses(one, this.reader)) return;
    this.waiting.push(one);
    this.reader = withCartOf(this.reader, one);
  }

  private async pass(): Promise<void> {
    if (this.isOver) return;
    this.reader = await this.subscription.check();
    await this.write(this.waiting.splice(0));
  }

  private failed(err: unknown): void {
    if (err instanceof Unauthenticated || err instanceof Forbidden) this.refuse();
    // The store is away: `beat` tries again.
    else this.log.debug({ err }, 'a live stream waits');
  }

  private async write(events: readonly LoggedEvent[]): Promise<void> {
    for (const one of events) {
      if (this.isOver) return;
      await this.body.write(messageOf(one));
      if (endsSession(one, this.subscription.sessionId ?? '')) this.end('session-ended');
    }
  }

  /** The token opens nothing any more. The reason may be among the events, or come with the next ones. */
  private refuse(): void {
    this.isRefused = true;
    const last = this.subscription.lastWords(this.waiting);
    if (last) this.say(last);
  }

  private say({ events, reason }: LastWords): void {
    for (const one of events) void this.body.write(messageOf(one));
    this.end(reason);
  }
}

const messageOf = ({ event }: LoggedEvent): string =>
  sseMessage({ id: event.id, event: event.type, data: cloudEventOf(event) });
