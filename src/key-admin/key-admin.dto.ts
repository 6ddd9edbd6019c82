import { ApiProperty } from '@nestjs/swagger';
import type { KeySecret, ReencryptedKeys } from '../auth/index.js';
import type { ReencryptedWebhookSecrets, WebhookOfTenant } from '../webhook/index.js';
import type { ReencryptedSecrets, ViewedKey } from './key-admin.service.js';

const KID = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';

class SigningKeyDto {
  @ApiProperty({ example: KID, description: 'Id of the key, in the header `kid` of its tokens.' })
  kid!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the key was made.' })
  createdAt!: Date;

  @ApiProperty({ description: 'Whether new tokens are signed with it. The others only verify older tokens.' })
  signs!: boolean;

  @ApiProperty({
    enum: ['first', 'earlier', 'none'] satisfies KeySecret[],
    description:
      'Which secret of `KEYS_SECRET` opens it: the first, an earlier one that follows in the list, or none of them. ' +
      'A key that none opens can verify tokens but not sign them.',
  })
  secret!: KeySecret;
}

export class SigningKeysDto {
  @ApiProperty({ type: [SigningKeyDto], description: 'The keys, the newest first.' })
  items!: readonly SigningKeyDto[];
}

export const toSigningKeysDto = (keys: readonly ViewedKey[]): SigningKeysDto => ({
  items: keys.map(({ kid, createdAt, signs, secret }) => ({ kid, createdAt, signs, secret })),
});

const kids = (description: string) =>
  ({ type: 'array', items: { type: 'string' }, example: [KID], description }) as const;

class ReencryptedKeysDto implements ReencryptedKeys {
  @ApiProperty(kids('Keys that are now encrypted with the first secret.'))
  reencrypted!: readonly string[];

  @ApiProperty(kids('Keys that already were.'))
  unchanged!: readonly string[];

  @ApiProperty(kids('Keys that no secret of the list opens. They were left as they are.'))
  unreadable!: readonly string[];
}

class WebhookOfTenantDto implements WebhookOfTenant {
  @ApiProperty({ example: 'acme' })
  tenant!: string;

  @ApiProperty({ format: 'uuid', description: 'Id of the webhook.' })
  webhookId!: string;
}

class ReencryptedWebhookSecretsDto implements ReencryptedWebhookSecrets {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Secrets that are now encrypted with the first secret.',
  })
  reencrypted!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Secrets that already were.' })
  unchanged!: number;

  @ApiProperty({
    type: [WebhookOfTenantDto],
    description:
      'Webhooks with a secret that no secret of the list opens. They were left as they are, and can not sign: give them a new secret.',
  })
  unreadable!: readonly WebhookOfTenantDto[];
}

export class ReencryptedSecretsDto implements ReencryptedSecrets {
  @ApiProperty({ type: ReencryptedKeysDto, description: 'The private halves of the signing keys.' })
  signingKeys!: ReencryptedKeysDto;

  @ApiProperty({ type: ReencryptedWebhookSecretsDto, description: 'What webhooks sign with.' })
  webhookSecrets!: ReencryptedWebhookSecretsDto;
}
