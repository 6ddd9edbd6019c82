import { Body, Controller, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Authenticated, Caller, type Principal } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import type { Customer } from '../customer.types.js';
import { CurrentCustomer, customerOf, type OwnCustomer } from '../own-customer.js';
import { ProfileChangesDto, ProfileDto } from './profile.dto.js';
import { ProfileService } from './profile.service.js';
import { anonymousView, profileView } from './profile.view.js';
import { splitCommas } from './split-commas.js';

@ApiTags('Customer: own profile')
@Controller('customer/:tenant/me')
export class ProfileController {
  constructor(private readonly profiles: ProfileService) {}

  @Get()
  @Authenticated('anonymous', 'customer')
  @ApiOperation({
    summary: 'Read your profile',
    description:
      'Addresses are included only with `expand=addresses`. An anonymous shopper gets a fixed profile with the ' +
      'id `00000000`, which is not a customer.',
  })
  @ApiQuery({
    name: 'expand',
    required: false,
    example: 'addresses',
    description: 'What to include, separated by commas: `addresses`.',
  })
  @ApiOkResponse({ type: ProfileDto })
  async read(@Caller() caller: Principal, @Query('expand') expand: unknown): Promise<ProfileDto> {
    const me = customerOf(caller);
    if (!me) return anonymousView(await this.profiles.defaultSite(caller.tenant));
    return this.view(me, await this.profiles.read(me), splitCommas(expand).includes('addresses'));
  }

  @Patch()
  @Authenticated('customer')
  @ApiOperation({
    summary: 'Change parts of your profile',
    description:
      'Fields that are left out keep their value, and null clears one. Mixins are merged by key. With ' +
      '`metadata.version`, the change is made only if the profile still has that version (otherwise 409). The login ' +
      'e-mail address, the password and the customer groups can’t be changed here.',
  })
  @ApiOkResponse({ type: ProfileDto })
  @Refused(409)
  async update(@CurrentCustomer() me: OwnCustomer, @Body() changes: ProfileChangesDto): Promise<ProfileDto> {
    return this.view(me, await this.profiles.update(me, changes));
  }

  @Put()
  @Authenticated('customer')
  @ApiOperation({
    summary: 'Change parts of your profile, as PATCH does',
    description:
      'Emporix clients use PUT. It does not replace the profile: fields that are left out keep their value.',
  })
  @ApiOkResponse({ type: ProfileDto })
  @Refused(409)
  replace(@CurrentCustomer() me: OwnCustomer, @Body() changes: ProfileChangesDto): Promise<ProfileDto> {
    return this.update(me, changes);
  }

  private async view(me: OwnCustomer, customer: Customer, withAddresses = false): Promise<ProfileDto> {
    return profileView(customer, withAddresses, await this.profiles.companiesOf(me));
  }
}
