import { Logger } from '@nestjs/common';
import { Agent, type Dispatcher, errors } from 'undici';
import { Overloaded } from '../../shared/domain-error.js';
import { HttpRefusal } from '../refusal.js';

/** Connections to one host. Further requests wait for their turn, at most until the timeout. */
const MOST_CONNECTIONS = 64;

/**
 * Requests waiting for a silent platform must not fill MAX_REQUESTS_IN_FLIGHT, so that this service's own routes keep
 * working.
 */
const MOST_AT_ONCE = 256;

export interface UpstreamLimits {
  readonly UPSTREAM_TIMEOUT_SECONDS: number;
  readonly UPSTREAM_ANSWER_LIMIT_BYTES: number;
}

export interface UpstreamRequest {
  /** The host that the operator configured. */
  readonly origin: string;
  readonly method: Dispatcher.HttpMethod;
  /** Path and query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
  /** Aborts the request at any stage. */
  readonly signal?: AbortSignal;
}

/** Talks to the hosts that requests are passed on to. It does not follow redirects. */
export class UpstreamClient {
  private readonly log = new Logger('Upstream');
  private readonly agent: Agent;
  private underWay = 0;

  constructor(private readonly limits: UpstreamLimits) {
    const timeout = limits.UPSTREAM_TIMEOUT_SECONDS * 1000;
    this.agent = new Agent({
      connections: MOST_CONNECTIONS,
      connect: { timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: limits.UPSTREAM_ANSWER_LIMIT_BYTES,
    });
  }

  /** @throws HttpRefusal with 502 or 504; Overloaded. An answer that grows too large ends in the middle. */
  async send(request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
    if (this.underWay >= MOST_AT_ONCE) throw new Overloaded();
    this.underWay += 1;
    try {
      const answer = await this.agent.request(request);
      if (!(Number(answer.headers['content-length']) > this.limits.UPSTREAM_ANSWER_LIMIT_BYTES))
        return answer;
      answer.body.on('error', () => undefined).destroy();
    } catch (error) {
      this.log.warn({ err: error, origin: request.origin }, 'an upstream did not answer');
      throw refusalOf(error);
    } finally {
      this.underWay -= 1;
    }
    const { UPSTREAM_ANSWER_LIMIT_BYTES: most } = this.limits;
    throw new HttpRefusal(
      502,
      `The answer to this request is larger than ${most} bytes (setting UPSTREAM_ANSWER_LIMIT_BYTES)`,
    );
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The reason names hosts, so only the log gets it. */
function refusalOf(error: unknown): HttpRefusal {
  const isLate = error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError;
  return isLate
    ? new HttpRefusal(504, 'The service that this request is passed on to did not answer in time')
    : new HttpRefusal(502, "The service that this request is passed on to can't be reached");
}
