import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import type { Enveloped } from '../events/index.js';
import { checkedAgent, PrivateAddress, refusePrivate } from '../http/upstream/checked-agent.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { tracedRequest } from '../http/upstream/traced-request.js';
import { Clock } from '../shared/clock.js';
import { Tracing } from '../shared/tracing.js';
import { secondsOfRetryAfter } from './delivery.rules.js';
import { type Message, messageOf } from './envelope.js';
import { WebhookSigner } from './webhook-signer.js';
import type { Attempt, Webhook } from './webhook.types.js';

const TIMEOUT_MS = 5_000;

/** What is read of a body, so that the connection can be used again. */
const MOST_READ_BYTES = 16_384;

/** Posts events to the targets of webhooks. */
@Injectable()
export class WebhookHttp implements OnApplicationShutdown {
  private readonly agent = checkedAgent(this.addresses);

  constructor(
    private readonly addresses: TargetAddresses,
    private readonly signer: WebhookSigner,
    private readonly clock: Clock,
    private readonly tracing: Tracing,
  ) {}

  /** Makes one attempt. It takes at most 5 seconds. */
  async post(webhook: Webhook, event: Enveloped): Promise<Attempt> {
    const message = messageOf(event);
    const headers = await this.signer.headersOf(webhook, message);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return this.attemptOf(await this.send(webhook.url, headers, message, signal));
    } catch (error) {
      if (error instanceof PrivateAddress) return { ok: false, error: 'private-address' };
      return { ok: false, error: signal.aborted ? 'timeout' : 'unreachable' };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** Redirects are not followed, because their target has not been checked. */
  private async send(
    url: string,
    headers: Record<string, string>,
    { body }: Message,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    refusePrivate(this.addresses, url);
    const options = { method: 'POST', dispatcher: this.agent, headers, body, signal } as const;
    const answer = await tracedRequest(this.tracing, 'webhook delivery', url, options);
    // What the target says is of no interest; its status has decided.
    answer.body.dump({ limit: MOST_READ_BYTES, signal }).catch(() => undefined);
    return answer;
  }

  private attemptOf({ statusCode: status, headers }: Dispatcher.ResponseData): Attempt {
    if (status >= 200 && status < 300) return { ok: true, status };
    const header = [headers['retry-after']].flat()[0];
    const retryAfter = secondsOfRetryAfter(header, this.clock.now());
    return { ok: false, error: 'status', status, ...(retryAfter !== undefined && { retryAfter }) };
  }
}
