import { Body, Controller, Delete, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { CurrentCustomer, CustomerService, type OwnCustomer, ownSubject } from '../customer/index.js';
import { RateLimited, WritesNothing } from '../rate-limit/index.js';
import { EraseOwnAccountDto } from './dto/own-account.dto.js';
import { ErasureService } from './erasure.service.js';

/** What customers may do with everything that is held about them. */
@ApiTags('Customer: own profile')
@Authenticated('customer')
@Controller('customer/:tenant/me')
export class OwnAccountController {
  constructor(
    private readonly customers: CustomerService,
    private readonly erasures: ErasureService,
  ) {}

  @Delete()
  @HttpCode(204)
  @WritesNothing()
  @RateLimited('password-change', ownSubject)
  @ApiOperation({
    summary: 'Erase your account',
    description:
      'Removes your profile, addresses, carts and mails, and ends your sessions on all devices. It cannot be undone. ' +
      'Needs your password; a wrong one is 400, not 401. An account without a password gets one by a password reset.',
  })
  @ApiNoContentResponse()
  async erase(
    @CurrentCustomer() { tenant, id }: OwnCustomer,
    @Body() { currentPassword }: EraseOwnAccountDto,
  ): Promise<void> {
    await this.customers.confirm(tenant, id, currentPassword);
    await this.erasures.erase(tenant, id);
  }
}
