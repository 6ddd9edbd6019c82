import { Body, Controller, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Authenticated, Caller, type Principal } from '../auth/index.js';
import { Refused, TypedErrorDto } from '../http/refusals.js';
import { ProfileChangesDto, ProfileDto } from './dto/profile.dto.js';
import { listed } from './listed.js';
import { CurrentCustomer, customerOf, type OwnCustomer } from './own-customer.js';
import { ProfileService } from './profile.service.js';
import { anonymousView, profileView } from './profile.view.js';

@ApiTags('customer: own profile')
@Controller('customer/:tenant/me')
export class ProfileController {
  constructor(private readonly profiles: ProfileService) {}

  @Get()
  @Authenticated('anonymous', 'customer')
  @ApiOperation({ summary: 'Read the own profile; an anonymous visitor has a fixed one' })
  @ApiQuery({ name: 'expand', required: false, example: 'addresses', description: 'separated by commas' })
  @ApiOkResponse({ type: ProfileDto })
  async read(@Caller() caller: Principal, @Query('expand') expand: unknown): Promise<ProfileDto> {
    const me = customerOf(caller);
    if (!me) return anonymousView(await this.profiles.defaultSite(caller.tenant));
    return profileView(await this.profiles.read(me), listed(expand).includes('addresses'));
  }

  @Patch()
  @Authenticated('customer')
  @ApiOperation({ summary: 'Change the own profile (RFC 7396); answers the changed one' })
  @ApiOkResponse({ type: ProfileDto })
  @Refused(TypedErrorDto, 409)
  async update(@CurrentCustomer() me: OwnCustomer, @Body() changes: ProfileChangesDto): Promise<ProfileDto> {
    return profileView(await this.profiles.update(me, changes), false);
  }

  @Put()
  @Authenticated('customer')
  @ApiOperation({ summary: 'The same as PATCH: fields that are left out keep their value' })
  @ApiOkResponse({ type: ProfileDto })
  @Refused(TypedErrorDto, 409)
  replace(@CurrentCustomer() me: OwnCustomer, @Body() changes: ProfileChangesDto): Promise<ProfileDto> {
    return this.update(me, changes);
  }
}
