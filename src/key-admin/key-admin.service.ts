import { Injectable } from '@nestjs/common';
import {
  type KeyChangeRequest,
  type KeySecret,
  KeySecrets,
  type ListedKey,
  type ReencryptedKeys,
  SigningKeys,
} from '../auth/index.js';
import { type ReencryptedWebhookSecrets, WebhookSecrets } from '../webhook/index.js';
import { SigningKeyNotFound } from './key-admin.errors.js';

export interface ViewedKey extends ListedKey {
  readonly secret: KeySecret;
}

export interface ReencryptedSecrets {
  readonly signingKeys: ReencryptedKeys;
  readonly webhookSecrets: ReencryptedWebhookSecrets;
}

/** Lists, replaces and drops signing keys for the operator. */
@Injectable()
export class KeyAdminService {
  constructor(
    private readonly keys: SigningKeys,
    private readonly secrets: KeySecrets,
    private readonly webhooks: WebhookSecrets,
  ) {}

  /** The newest first. */
  async list(): Promise<readonly ViewedKey[]> {
    const [listed, secrets] = await Promise.all([this.keys.list(), this.secrets.secrets()]);
    // A key that was made between the two reads is encrypted with the first secret.
    return listed.map((key) => ({ ...key, secret: secrets.get(key.kid) ?? 'first' }));
  }

  /** @returns the keys that there are then */
  async rotate(request: KeyChangeRequest): Promise<readonly ViewedKey[]> {
    await this.keys.rotate(request);
    return this.list();
  }

  /** @throws SigningKeyNotFound */
  async drop(kid: string, request: KeyChangeRequest): Promise<void> {
    if (!(await this.keys.drop(kid, request))) throw new SigningKeyNotFound(kid);
  }

  async reencrypt(request: KeyChangeRequest): Promise<ReencryptedSecrets> {
    return {
      signingKeys: await this.secrets.reencrypt(request),
      webhookSecrets: await this.webhooks.reencrypt(),
    };
  }
}
