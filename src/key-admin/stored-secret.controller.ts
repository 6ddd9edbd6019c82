import { Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated, type KeyChangeRequest } from '../auth/index.js';
import { AskedBy } from './asked-by.decorator.js';
import { ReencryptedSecretsDto } from './key-admin.dto.js';
import { KeyAdminService } from './key-admin.service.js';

@ApiTags('Admin: keys')
@Authenticated('operator')
@Controller('admin/stored-secrets')
export class StoredSecretController {
  constructor(private readonly keys: KeyAdminService) {}

  @Post('re-encryption')
  @Audited('stored-secret.re-encrypt')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Encrypt what is stored with the first secret of KEYS_SECRET',
    description:
      'Covers the signing keys and the secrets of webhooks. Do this after every instance was started with a new secret in ' +
      'front of the list. Afterwards, unless something is `unreadable`, remove the older secrets from the list. ' +
      'Repeating it changes nothing. No token ends, and receivers of webhooks keep their secrets.',
  })
  @ApiResponse({ status: 200, type: ReencryptedSecretsDto })
  reencrypt(@AskedBy() request: KeyChangeRequest): Promise<ReencryptedSecretsDto> {
    return this.keys.reencrypt(request);
  }
}
