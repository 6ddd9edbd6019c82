import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import { readBounded } from '../../../http/upstream/bounded-body.js';
import { checkedAgent, PrivateAddress, refusePrivate } from '../../../http/upstream/checked-agent.js';
import { TargetAddresses } from '../../../http/upstream/target-addresses.js';
import { tracedRequest } from '../../../http/upstream/traced-request.js';
import { Tracing } from '../../../shared/tracing.js';
import { AppFailure } from './remote-app.errors.js';

const LARGEST_ANSWER_BYTES = 65_536;

/** Posts to the apps of tenants. Anybody may run one, so their answers are not trusted. */
@Injectable()
export class AppHttp implements OnApplicationShutdown {
  private readonly agent = checkedAgent(this.addresses);

  constructor(
    private readonly addresses: TargetAddresses,
    private readonly tracing: Tracing,
  ) {}

  /**
   * @param signal aborts the call at any point
   * @returns the text of a 200 response
   * @throws AppFailure
   */
  async post(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      refusePrivate(this.addresses, url);
      // Redirects are not followed, because their target has not been checked.
      const options = { method: 'POST', dispatcher: this.agent, headers, body, signal } as const;
      const answer = await tracedRequest(this.tracing, 'call of a session app', url, options);
      return await textOf(answer);
    } catch (error) {
      throw failureOf(error, signal);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Stands in for a response without a body: every value stays as it is. */
const NOTHING_TO_SAY = '{}';

async function textOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<string> {
  try {
    if (statusCode === 204) return NOTHING_TO_SAY;
    if (statusCode !== 200) throw new AppFailure('status');
    // A compressed body could expand to any size, and the request does not accept one.
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new AppFailure('unreadable');
    const tooLarge = () => new AppFailure('too-large');
    return (await readBounded(body, LARGEST_ANSWER_BYTES, tooLarge)).toString();
  } finally {
    body.on('error', () => undefined).destroy();
  }
}

function failureOf(error: unknown, signal: AbortSignal): AppFailure {
  if (error instanceof AppFailure) return error;
  if (error instanceof PrivateAddress) return new AppFailure('private-address');
  return new AppFailure(signal.aborted ? 'late' : 'unreachable', { cause: error });
}
