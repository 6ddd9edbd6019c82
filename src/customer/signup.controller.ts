import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { Tenant } from '../http/tenant.decorator.js';
import { RateLimited, textField } from '../rate-limit/index.js';
import { NewIdDto, SignupDto } from './dto/signup.dto.js';
import { SignupService } from './signup.service.js';

@ApiTags('customer')
@Authenticated('anonymous')
@Controller('customer/:tenant/signup')
export class SignupController {
  constructor(private readonly signups: SignupService) {}

  @Post()
  @RateLimited('signup', ({ params }) => [textField(params, 'tenant')])
  @ApiOperation({ summary: 'Create a customer' })
  @ApiResponse({ status: 201, type: NewIdDto })
  @ApiResponse({ status: 409, description: 'the tenant has a customer with this e-mail' })
  async signUp(@Tenant() tenant: string, @Body() body: SignupDto): Promise<NewIdDto> {
    return { id: await this.signups.signUp(tenant, body) };
  }
}
