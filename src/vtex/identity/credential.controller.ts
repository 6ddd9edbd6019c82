import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { Accounts } from '../caller/accounts.js';
import { CredentialCheck } from './credential-check.service.js';
import { ValidateCredentialDto, ValidCredentialDto } from './credential.dto.js';

/** The one call of VTEX' login service that storefronts make on each page. Logins are here, so it is answered here. */
@ApiTags('VTEX sessions')
@Public('customer-token')
@Controller('api/vtexid/credential')
export class CredentialController {
  constructor(
    private readonly accounts: Accounts,
    private readonly check: CredentialCheck,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check a customer’s login',
    description:
      'Send the customer’s access token in the body; the response says whose it is. A token that has ' +
      'expired, was revoked or is not a customer’s is answered with 401, and one of another account with ' +
      '403.',
  })
  @ApiQuery({ name: 'an', required: false, description: 'Account, if the host does not name it.' })
  @ApiResponse({ status: 200, type: ValidCredentialDto })
  @Refused(400, 401, 403, 404, 413, 415, 503)
  async validate(
    @Req() request: FastifyRequest,
    @Body() { token }: ValidateCredentialDto,
  ): Promise<ValidCredentialDto> {
    const { tenant } = await this.accounts.of(request);
    const { id, email } = await this.check.customerOf(tenant, token);
    return {
      authStatus: 'Success',
      id,
      user: email,
      account: tenant,
      audience: 'webstore',
      tokenType: 'customer',
    };
  }
}
