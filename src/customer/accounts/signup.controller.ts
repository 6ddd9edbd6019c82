import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { RateLimited, textField } from '../../rate-limit/index.js';
import { NewIdDto } from '../dto/new-id.dto.js';
import { OptInRequestDto } from '../emails/email.dto.js';
import { OptInService } from '../emails/opt-in.service.js';
import { loginSubject } from '../login-subject.js';
import { SignupDto } from './signup.dto.js';
import { SignupService } from './signup.service.js';

@ApiTags('Customer')
@Authenticated('anonymous')
@Controller('customer/:tenant/signup')
export class SignupController {
  constructor(
    private readonly signups: SignupService,
    private readonly optIns: OptInService,
  ) {}

  @Post()
  @RateLimited('signup', ({ params }) => [textField(params, 'tenant')])
  @ApiOperation({
    summary: 'Create a customer',
    description:
      'The session stays anonymous; log in afterwards. If the tenant requires a double opt-in, the customer ' +
      'first has to follow the link in a mail. If the tenant hides existing accounts, the answer is also 201 for an ' +
      'e-mail address that has one: its owner is told by mail, and the returned id belongs to nobody.',
  })
  @ApiResponse({ status: 201, type: NewIdDto })
  @Refused(409)
  async signUp(@Tenant() tenant: string, @Body() body: SignupDto): Promise<NewIdDto> {
    return { id: await this.signups.signUp(tenant, body) };
  }

  @Post('optin/refresh_token')
  @HttpCode(202)
  @RateLimited('opt-in', loginSubject)
  @ApiOperation({
    summary: 'Ask for another mail to activate an account',
    description:
      'The new token replaces the earlier one. The answer does not tell whether an account is waiting for it.',
  })
  @ApiResponse({ status: 202 })
  async mailAgain(@Tenant() tenant: string, @Body() { email }: OptInRequestDto): Promise<void> {
    await this.optIns.requestAgain(tenant, email);
  }
}
