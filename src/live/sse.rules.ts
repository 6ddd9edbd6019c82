/**
 * The format of `text/event-stream`: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * Libraries that write it own the response, and go round the hooks that add headers, audit and drain.
 */
export interface SseMessage {
  readonly event: string;
  /** Without one, `Last-Event-ID` stays what it is. */
  readonly id?: string;
  /** JSON has no line breaks, so it is one line. */
  readonly data: object;
}

export const sseMessage = ({ event, id, data }: SseMessage): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const sseComment = (text: string): string => `: ${text}\n\n`;

/** How long a reader waits before it comes again. */
export const sseRetry = (milliseconds: number): string => `retry: ${milliseconds}\n\n`;
