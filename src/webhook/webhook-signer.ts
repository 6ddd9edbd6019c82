import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { seal, unseal } from '../auth/index.js';
import { Config, WrongConfiguration } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import type { Message } from './envelope.js';
import { signingSecrets } from './webhook.rules.js';
import type { Webhook } from './webhook.types.js';

/** Decryption takes some tens of milliseconds, so opened secrets are remembered. */
const MOST_REMEMBERED = 1_000;

export interface MadeSecret {
  /** Shown once. */
  readonly secret: string;
  /** Stored. */
  readonly sealed: string;
}

/** Makes the secrets of webhooks and signs with them, by Standard Webhooks 1.0. */
@Injectable()
export class WebhookSigner {
  private readonly opened = new LRUCache<string, StandardWebhook>({ max: MOST_REMEMBERED });

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async newSecret(): Promise<MadeSecret> {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    return { secret, sealed: await seal(secret, this.config) };
  }

  /** Signs with each valid secret, so that a receiver that knows one of them can verify the message. */
  async headersOf(webhook: Webhook, { id, contentType, body }: Message): Promise<Record<string, string>> {
    const now = this.clock.now();
    const signatures: string[] = [];
    for (const { sealed } of signingSecrets(webhook, now)) {
      signatures.push((await this.open(sealed)).sign(id, now, body));
    }
    return {
      'content-type': contentType,
      'user-agent': 'onesession',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  private async open(sealed: string): Promise<StandardWebhook> {
    const known = this.opened.get(sealed);
    if (known) return known;
    const secret = await unseal(sealed, this.config);
    if (secret === undefined) {
      throw new WrongConfiguration(
        'KEYS_SECRET does not open the secret of a webhook: it was encrypted with another one. Add that one to the list',
      );
    }
    const signer = new StandardWebhook(secret);
    this.opened.set(sealed, signer);
    return signer;
  }
}
