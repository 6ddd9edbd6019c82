import { seconds, timedSeconds, wholeNumber } from './values.ts';

/** Timeouts and limits of requests, connections and streams, up to the last request before a stop. */
export const trafficSettings = {
  REQUEST_TIMEOUT_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(10)
    .describe('How long a request may take to be answered. After that it gets 503 and is safe to retry.'),
  URL_LIMIT_BYTES: wholeNumber(1024, 65_536)
    .default(10_240)
    .describe('Limit of the URL of a request. A longer one is 414.'),
  HEADER_LIMIT_BYTES: wholeNumber(4096, 1_048_576)
    .default(65_536)
    .describe('Limit of the names and values of all headers of one request. More is 431.'),
  HEADERS_TIMEOUT_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(10)
    .describe('How long the headers of a request may take to arrive. After that the answer is 408.'),
  RECEIVE_TIMEOUT_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(30)
    .describe(
      'How long a whole request, including its body, may take to arrive. After that the answer is 408.',
    ),
  SEND_TIMEOUT_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(30)
    .describe('How long a client may take to read an answer before its connection is closed.'),
  KEEP_ALIVE_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(65)
    .describe(
      'How long a connection is kept open between two requests. Make it longer than the load balancer does, so that ' +
        'the service is never the first to close it.',
    ),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000)
    .default(5_000)
    .describe(
      'How many connections may be open. A new one then replaces the one that has been idle longest.',
    ),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(1, 1_000_000)
    .default(2_000)
    .describe('The same limit for one IP address. TRUSTED_PROXIES may have more.'),
  MAX_REQUESTS_IN_FLIGHT: wholeNumber(1)
    .default(1_000)
    .describe(
      'How many requests may be in flight. Others get 503 and are safe to retry; /health and /metrics are always served.',
    ),
  MAX_LIVE_STREAMS: wholeNumber(1, 100_000)
    .default(1_000)
    .describe(
      'How many live streams of events may be open. Shoppers may have nine tenths of them, and those of one IP address a ' +
        'quarter of that. Employees of one tenant may have a quarter of all. Others get 503. Each instance counts separately.',
    ),
  LIVE_STREAM_SECONDS: timedSeconds
    .min(1)
    .default(3_600)
    .describe('How long a live stream lasts at most. After that its reader is asked to resume.'),
  DRAIN_SECONDS: timedSeconds
    .default(1)
    .describe(
      'How long an instance still takes requests after SIGTERM. Make it longer than balancers need to notice that it is not ready.',
    ),
  SHUTDOWN_GRACE_SECONDS: timedSeconds.default(8).describe('How long a stop waits for requests in flight.'),
};
