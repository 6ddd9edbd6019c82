import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { RateLimited } from '../../rate-limit/index.js';
import { ownSubject } from '../login-subject.js';
import { CurrentCustomer, type OwnCustomer } from '../own-customer.js';
import { EmailChangeService } from './email-change.service.js';
import { ChangeEmailDto, ConfirmEmailDto, UndoEmailDto } from './email.dto.js';

@ApiTags('Customer: credentials')
@Controller('customer/:tenant/me/accounts/internal/email')
export class EmailController {
  constructor(private readonly changes: EmailChangeService) {}

  @Post('change')
  @HttpCode(204)
  @Authenticated('customer')
  @RateLimited('email-change', ownSubject)
  @ApiOperation({
    summary: 'Ask to log in with another e-mail address',
    description:
      'Needs the password; a wrong one is 400, not 401. A token, valid for 24 hours, is mailed to the new address. ' +
      'Nothing changes until it is confirmed. The answer does not tell whether another customer has ' +
      'that address. A later change of the password or the e-mail address voids the request.',
  })
  @ApiNoContentResponse()
  async request(@CurrentCustomer() me: OwnCustomer, @Body() body: ChangeEmailDto): Promise<void> {
    await this.changes.request(me, body);
  }

  @Post('change/confirm')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({
    summary: 'Confirm the new login e-mail address with the mailed token',
    description:
      'The customer logs in with the new address from now on. All sessions end except the one that asked. A ' +
      'token to undo the change, valid for 7 days, is mailed to the old address; until it expires no other customer ' +
      'can get that address.',
  })
  @ApiNoContentResponse()
  async confirm(@Tenant() tenant: string, @Body() { token }: ConfirmEmailDto): Promise<void> {
    await this.changes.confirm(tenant, token);
  }

  @Post('change/undo')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({
    summary: 'Undo a change of the login e-mail address with the mailed token',
    description:
      'The old address logs in again, even if it was changed more than once since. All sessions end, the ' +
      'password is removed, and a token to set a new one is mailed to the old address.',
  })
  @ApiNoContentResponse()
  async undo(@Tenant() tenant: string, @Body() { token }: UndoEmailDto): Promise<void> {
    await this.changes.undo(tenant, token);
  }
}
