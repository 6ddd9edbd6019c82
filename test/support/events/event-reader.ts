import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { recordSecrets } from '../records/run-records.js';

export interface ReadOptions {
  readonly lastEventId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads a live stream as a client does. */
export class EventReader {
  readonly messages: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  retryMs: number | undefined;
  isOver = false;
  private readonly gone = new AbortController();
  private readonly wakers = new Set<() => void>();

  private constructor(readonly response: Response) {}

  /** Resolves when the stream has begun, or was refused. */
  static async open(
    url: string,
    accessToken: string | undefined,
    { lastEventId, headers }: ReadOptions = {},
  ): Promise<EventReader> {
    const gone = new AbortController();
    const response = await fetch(url, {
      headers: {
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...headers,
      },
      signal: gone.signal,
    });
    const reader = new EventReader(response);
    gone.signal.addEventListener('abort', () => reader.gone.abort());
    reader.close = () => gone.abort();
    if (response.ok) void reader.read();
    return reader;
  }

  /** Goes away, as a browser whose tab is closed. */
  close: () => void = () => undefined;

  get types(): readonly (string | undefined)[] {
    return this.messages.map(({ event }) => event);
  }

  /** The CloudEvents so far, without what the stream says about itself. */
  get events(): readonly Record<string, unknown>[] {
    return this.messages.filter(({ id }) => id !== undefined).map(({ data }) => JSON.parse(data));
  }

  get lastEventId(): string | undefined {
    return this.messages.findLast(({ id }) => id !== undefined)?.id;
  }

  /** What the last event of a stream says. */
  get end(): { readonly reason: string; readonly resume: boolean } | undefined {
    const last = this.messages.at(-1);
    return last?.event === 'end' ? JSON.parse(last.data) : undefined;
  }

  /** Waits until the stream has had an event of this type. */
  async until(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.messages.find(({ event }) => event === type);
      if (found) return JSON.parse(found.data);
      if (this.isOver) throw new Error(`the stream ended without ${type}: ${this.types.join(', ')}`);
      await new Promise<void>((resolve) => this.wakers.add(resolve));
    }
  }

  async ended(): Promise<void> {
    while (!this.isOver) await new Promise<void>((resolve) => this.wakers.add(resolve));
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: (message) => this.messages.push(message),
      onComment: (text) => this.comments.push(text),
      onRetry: (ms) => (this.retryMs = ms),
    });
    try {
      for await (const chunk of this.response.body ?? []) {
        const text = decoder.decode(chunk, { stream: true });
        recordSecrets(text);
        parser.feed(text);
        this.wake();
      }
    } catch {
      // The connection broke, or the reader went away.
    }
    this.isOver = true;
    this.wake();
  }

  private wake(): void {
    for (const wake of this.wakers) wake();
    this.wakers.clear();
  }
}
