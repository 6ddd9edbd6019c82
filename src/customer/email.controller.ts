import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { Tenant } from '../http/tenant.decorator.js';
import { RateLimited } from '../rate-limit/index.js';
import { ChangeEmailDto, ConfirmEmailDto } from './dto/email.dto.js';
import { EmailChangeService } from './email-change.service.js';
import { ownSubject } from './login-subject.js';
import { CurrentCustomer, type OwnCustomer } from './own-customer.js';

@ApiTags('customer: credentials')
@Controller('customer/:tenant/me/accounts/internal/email')
export class EmailController {
  constructor(private readonly changes: EmailChangeService) {}

  @Post('change')
  @HttpCode(204)
  @Authenticated('customer')
  @RateLimited('email-change', ownSubject)
  @ApiOperation({
    summary: 'Ask for another e-mail to log in with; a token is mailed to it',
    description: 'The answer does not tell whether another customer has it.',
  })
  @ApiNoContentResponse()
  async request(@CurrentCustomer() me: OwnCustomer, @Body() body: ChangeEmailDto): Promise<void> {
    await this.changes.request(me, body);
  }

  @Post('change/confirm')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({ summary: 'Log in with the new e-mail from now on, by the token that was mailed to it' })
  @ApiNoContentResponse()
  async confirm(@Tenant() tenant: string, @Body() { token }: ConfirmEmailDto): Promise<void> {
    await this.changes.confirm(tenant, token);
  }
}
