import { Injectable, Logger } from '@nestjs/common';
import { EventLog } from '../events/index.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { WebhookSigner } from './webhook-signer.js';
import { WebhookSwitch } from './webhook-switch.js';
import { WebhookNotFound } from './webhook.errors.js';
import { WebhookRepository } from './webhook.repository.js';
import {
  changedWebhook,
  noWebhooks,
  replaced,
  type WebhookChanges,
  type WebhookFields,
  webhookOf,
  withNewSecret,
  withoutWebhook,
  withWebhook,
} from './webhook.rules.js';
import type { Webhook } from './webhook.types.js';

export interface WebhookWithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** Manages the webhooks of a tenant. */
@Injectable()
export class WebhookService {
  private readonly log = new Logger(WebhookService.name);

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly events: EventLog,
    private readonly signer: WebhookSigner,
    private readonly gate: WebhookSwitch,
    private readonly addresses: TargetAddresses,
    private readonly clock: Clock,
  ) {}

  async list(tenant: string): Promise<readonly Webhook[]> {
    return (await this.webhooks.find(tenant))?.webhooks ?? [];
  }

  /** @throws WebhookNotFound */
  async read(tenant: string, id: string): Promise<Webhook> {
    return found(webhookOf(await this.webhooks.find(tenant), id), id);
  }

  /** Its first event is one that happens after this returns, or while it runs. @throws InvalidInput */
  async create(tenant: string, fields: WebhookFields): Promise<WebhookWithSecret> {
    this.addresses.expectAllowed('url', fields.url);
    const id = newId();
    const { secret, sealed } = await this.signer.newSecret();
    const made = { id, sealed, now: this.clock.now() };
    withWebhook(noWebhooks(tenant), fields, made);
    await this.startReading(tenant, id);
    const stored = await this.webhooks.change(tenant, (current = noWebhooks(tenant)) =>
      withWebhook(current, fields, made),
    );
    if (fields.enabled) await this.gate.listen(tenant, id);
    this.log.log({ tenant, webhook: id, types: fields.types }, 'webhook created');
    return { webhook: found(webhookOf(stored, id), id), secret };
  }

  /** @throws WebhookNotFound | VersionConflict | InvalidInput */
  async change(
    tenant: string,
    id: string,
    changes: WebhookChanges,
    expected: number | undefined,
  ): Promise<Webhook> {
    if (changes.url !== undefined) this.addresses.expectAllowed('url', changes.url);
    const before = await this.read(tenant, id);
    const basis = { expected, now: this.clock.now() };
    // Before it is stored, so that nobody serves it from where it stopped.
    if (changes.enabled && !before.enabled) await this.startReading(tenant, id);
    const webhook = await this.replace(tenant, id, (current) => changedWebhook(current, changes, basis));
    if (webhook.enabled) await this.gate.listen(tenant, id);
    else await this.gate.unlisten(tenant, id);
    this.log.log({ tenant, webhook: id, changed: Object.keys(changes) }, 'webhook changed');
    return webhook;
  }

  /** @throws WebhookNotFound | VersionConflict */
  async renewSecret(
    tenant: string,
    id: string,
    overlapSeconds: number,
    expected: number | undefined,
  ): Promise<WebhookWithSecret> {
    const { secret, sealed } = await this.signer.newSecret();
    const basis = { expected, overlapSeconds, now: this.clock.now() };
    const webhook = await this.replace(tenant, id, (current) => withNewSecret(current, sealed, basis));
    this.log.log({ tenant, webhook: id, overlapSeconds }, 'webhook given a new secret');
    return { webhook, secret };
  }

  /** @throws WebhookNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    await this.read(tenant, id);
    await this.webhooks.change(tenant, (current = noWebhooks(tenant)) => withoutWebhook(current, id));
    await this.gate.unlisten(tenant, id);
    await this.webhooks.removeCursor(tenant, id);
    this.log.log({ tenant, webhook: id }, 'webhook removed');
  }

  private async replace(tenant: string, id: string, decide: (webhook: Webhook) => Webhook): Promise<Webhook> {
    const stored = await this.webhooks.change(tenant, (current = noWebhooks(tenant)) =>
      replaced(current, id, decide),
    );
    return found(webhookOf(stored, id), id);
  }

  /** The webhook gets what happens from now on. */
  private async startReading(tenant: string, webhookId: string): Promise<void> {
    const position = await this.events.newest(tenant);
    const place = position === undefined ? {} : { position };
    const moved = await this.webhooks.changeCursor(tenant, webhookId, (current) => ({
      ...current,
      ...place,
    }));
    if (!moved) await this.webhooks.saveCursor({ tenant, webhookId, ...place });
  }
}

function found(webhook: Webhook | undefined, id: string): Webhook {
  if (!webhook) throw new WebhookNotFound(id);
  return webhook;
}
