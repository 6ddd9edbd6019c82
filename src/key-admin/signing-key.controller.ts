import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated, type KeyChangeRequest } from '../auth/index.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { AskedBy } from './asked-by.decorator.js';
import { SigningKeysDto, toSigningKeysDto } from './key-admin.dto.js';
import { KeyAdminService } from './key-admin.service.js';

@ApiTags('Admin: keys')
@Authenticated('operator')
@Controller('admin/signing-keys')
export class SigningKeyController {
  constructor(private readonly keys: KeyAdminService) {}

  @Get()
  @Audited('signing-key.list')
  @NeverRefuses(400)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'List the signing keys',
    description:
      'Newest first, without their private halves. All tenants share them. These routes exist only if ' +
      '`OPERATOR_SECRET` is set.',
  })
  @ApiResponse({ status: 200, type: SigningKeysDto })
  async list(): Promise<SigningKeysDto> {
    return toSigningKeysDto(await this.keys.list());
  }

  @Post()
  @Audited('signing-key.rotate')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Sign with a new key from now on',
    description:
      'Tokens of the older keys stay valid until they expire. Of several requests at the same time, one makes a ' +
      'key. The answer lists all keys. The audit log of each tenant gets a line.',
  })
  @ApiResponse({ status: 201, type: SigningKeysDto })
  async rotate(@AskedBy() request: KeyChangeRequest): Promise<SigningKeysDto> {
    return toSigningKeysDto(await this.keys.rotate(request));
  }

  @Delete(':kid')
  @Audited('signing-key.drop', { param: 'kid' })
  @HttpCode(204)
  @Refused(404)
  @ApiOperation({
    summary: 'Drop a signing key that leaked',
    description:
      'All tokens of the key are refused, by this instance at once and by the others within five seconds. If ' +
      'tokens are signed with it, a new key takes its place. The audit log of each tenant gets a line.',
  })
  @ApiResponse({ status: 204 })
  async drop(@Param('kid') kid: string, @AskedBy() request: KeyChangeRequest): Promise<void> {
    await this.keys.drop(kid, request);
  }
}
