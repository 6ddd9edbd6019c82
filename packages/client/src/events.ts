import { createParser } from 'eventsource-parser';
import { NotSignedIn, OneSessionError, TooManyRequests } from './errors.js';
import type { Bearer, HeldToken, Transport } from './transport.js';

/** An event of onesession in the format of CloudEvents 1.0. */
export interface SessionEvent {
  readonly id: string;
  /** For example `onesession.context.changed`. */
  readonly type: string;
  readonly source: string;
  /** Id of the session, the cart or the customer that the event is about. */
  readonly subject: string;
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** Sorts the events of one subject as text. */
  readonly sequence: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FollowOptions {
  /** Ends the stream when it is aborted. */
  readonly signal?: AbortSignal;
  /** Id of the last event that an earlier stream delivered. This one continues after it. */
  readonly lastEventId?: string;
  /** Called whenever a connection opens: the first one, and each one after an interruption. */
  readonly onOpen?: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

interface Stream {
  readonly transport: Transport;
  readonly bearer: Bearer;
  readonly path: string;
  readonly options: FollowOptions;
  /** The last event that was read. */
  last: string | undefined;
  /** The pause before the next attempt. */
  waitMs: number;
}

/**
 * Follows a stream for as long as the caller wants, across interruptions and restarts of the service. Each event comes
 * once and in order, because a new connection continues after the last event of the previous one.
 * @throws OneSessionError if another attempt would fail as well, such as NotSignedIn or NotAllowed
 */
export async function* follow(
  transport: Transport,
  bearer: Bearer,
  path: string,
  options: FollowOptions = {},
): AsyncGenerator<SessionEvent, void, void> {
  const { signal, lastEventId } = options;
  const stream: Stream = { transport, bearer, path, options, last: lastEventId, waitMs: FIRST_WAIT_MS };
  for (;;) {
    if (signal?.aborted) return;
    try {
      if (yield* eventsUntilEnd(stream)) return;
    } catch (error) {
      if (signal?.aborted) return;
      if (isFinal(error)) throw error;
      if (error instanceof TooManyRequests) stream.waitMs = Math.max(stream.waitMs, error.retryAfter * 1000);
    }
    await pause(stream.waitMs, signal);
    stream.waitMs = Math.min(stream.waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Opens the stream once. @returns whether it ended for good */
async function* eventsUntilEnd(stream: Stream): AsyncGenerator<SessionEvent, boolean, void> {
  const { bearer } = stream;
  await bearer.token();
  const before = await bearer.held();
  const response = await opened(stream);
  stream.options.onOpen?.();
  stream.waitMs = FIRST_WAIT_MS;
  for await (const { id, event, data } of messagesOf(response)) {
    if (id !== undefined) stream.last = id;
    if (event !== 'end') yield JSON.parse(data) as SessionEvent;
    // After a login the session goes on with another token.
    else if (!mayGoOn(data) && !isNext(before, await bearer.held())) return true;
  }
  return false;
}

const opened = ({ transport, bearer, path, options: { signal }, last }: Stream): Promise<Response> =>
  transport.sendAs(bearer, 'GET', path, {
    headers: { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) },
    ...(signal && { signal }),
  });

/** Whether the same session or client goes on with another token. */
const isNext = (before: HeldToken | undefined, now: HeldToken | undefined): boolean =>
  now !== undefined && now.owner === before?.owner && now.token !== before.token;

/** The last message of a stream says whether the service wants to be asked again. */
const mayGoOn = (data: string): boolean => (JSON.parse(data) as { resume?: boolean }).resume === true;

/** Whether another attempt would end the same way. */
const isFinal = (error: unknown): boolean =>
  error instanceof SyntaxError ||
  error instanceof NotSignedIn ||
  (error instanceof OneSessionError && error.status >= 400 && error.status < 500 && error.status !== 429);

interface Message {
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly data: string;
}

async function* messagesOf({ body }: Response): AsyncGenerator<Message, void, void> {
  if (!body) return;
  const ready: Message[] = [];
  const parser = createParser({ onEvent: (message) => ready.push(message) });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    // Also when the caller stops in the middle.
    await reader.cancel().catch(() => undefined);
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
