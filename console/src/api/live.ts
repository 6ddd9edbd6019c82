import { EventSourceParserStream } from 'eventsource-parser/stream';
import { isRecord } from './api-error.ts';
import type { Api, Query } from './api.ts';

/** A CloudEvent; described in docs/events.asyncapi.yaml. */
export interface LiveEvent {
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** `off`: the client may not follow. */
export type LiveState = 'waiting' | 'live' | 'off';

export interface Follower {
  readonly onEvent: (event: LiveEvent) => void;
  /** Events may have been missed: what is shown should be loaded again. */
  readonly onMissed: () => void;
  readonly onState: (state: LiveState) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const REFUSED_FOR_GOOD = new Set([400, 403, 404]);

/**
 * Follows the events of the tenant, and resumes after the connection was lost. While the page is hidden, it is closed:
 * browsers open only a few connections to one service for all of their tabs.
 * @returns ends it
 */
export function follow(api: Api, query: Query, follower: Follower): () => void {
  const gone = new AbortController();
  void new Following(api, query, follower, gone.signal).run();
  return () => gone.abort();
}

class Following {
  private lastEventId: string | undefined;
  private waitMs = FIRST_WAIT_MS;

  constructor(
    private readonly api: Api,
    private readonly query: Query,
    private readonly follower: Follower,
    private readonly gone: AbortSignal,
  ) {}

  async run(): Promise<void> {
    while (!this.gone.aborted) {
      await visible(this.gone);
      const goOn = await this.once().catch(() => true);
      if (this.gone.aborted) return;
      this.follower.onState(goOn ? 'waiting' : 'off');
      if (!goOn) return;
      await pause(this.waitMs, this.gone);
      this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  /** @returns whether it makes sense to try again */
  private async once(): Promise<boolean> {
    const signal = AbortSignal.any([this.gone, hidden()]);
    const response = await this.api.stream('/events', this.query, this.lastEventId, signal);
    if (!response?.ok) return !REFUSED_FOR_GOOD.has(response?.status ?? 0);
    this.follower.onState('live');
    this.waitMs = FIRST_WAIT_MS;
    // What changed between loading and following is in neither.
    if (this.lastEventId === undefined) this.follower.onMissed();
    const messages = response.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    for (let next = await messages?.read(); next?.value; next = await messages?.read()) {
      this.take(next.value.event, next.value.id, next.value.data);
    }
    return true;
  }

  private take(type: string | undefined, id: string | undefined, data: string): void {
    if (this.gone.aborted) return;
    if (type === 'reset') this.follower.onMissed();
    if (id === undefined) return;
    this.lastEventId = id;
    const event: unknown = JSON.parse(data);
    if (isEvent(event)) this.follower.onEvent(event);
  }
}

const isEvent = (value: unknown): value is LiveEvent =>
  isRecord(value) &&
  typeof value.type === 'string' &&
  typeof value.subject === 'string' &&
  isRecord(value.data);

/** Resolves when the page can be seen, or when nobody waits any more. */
function visible(gone: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !gone.aborted) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    gone.addEventListener('abort', look);
  });
}

/** Is aborted when the page is hidden. */
function hidden(): AbortSignal {
  const controller = new AbortController();
  const look = (): void => {
    if (!document.hidden) return;
    document.removeEventListener('visibilitychange', look);
    controller.abort();
  };
  document.addEventListener('visibilitychange', look);
  return controller.signal;
}

const pause = (ms: number, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    gone.addEventListener('abort', () => (clearTimeout(timer), resolve()));
  });
