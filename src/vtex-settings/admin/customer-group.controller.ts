import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { VtexSettingsService } from '../settings/vtex-settings.service.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { CustomerGroupDto, PutCustomerGroupDto, toGroup, toGroupDto } from './dto/customer-group.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/customer-groups')
export class CustomerGroupController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @Audited('customer-group.list')
  @ApiOperation({
    summary: 'List customer groups',
    description:
      'Returns all groups on one page, sorted by id, each with the price tables that its members get.',
  })
  @ApiResponse({ status: 200, type: [CustomerGroupDto] })
  async list(@Tenant() tenant: string): Promise<CustomerGroupDto[]> {
    const { customerGroups } = await this.settings.of(tenant);
    return customerGroups.map(toGroupDto);
  }

  @Put(':id')
  @Audited('customer-group.save', { param: 'id' })
  @Saves()
  @ApiOperation({
    summary: 'Create or replace a customer group',
    description:
      'Sets the price tables of the group. Sessions and segments of its members show them as ' +
      '`priceTables`. Without `metadata.version`, an existing group is replaced. With it, any other ' +
      'current version is answered with 409; 0 means that the group must not exist yet.',
  })
  @ApiResponse({ status: 200, type: CustomerGroupDto })
  async put(
    @Tenant() tenant: string,
    @Param('id', EntryIdPipe) id: string,
    @Body() body: PutCustomerGroupDto,
  ): Promise<CustomerGroupDto> {
    return toGroupDto(
      await this.admin.put(tenant, 'customerGroups', toGroup(id, body), body.metadata?.version),
    );
  }

  @Delete(':id')
  @Audited('customer-group.remove', { param: 'id' })
  @HttpCode(204)
  @Removes()
  @ApiOperation({
    summary: 'Remove a customer group',
    description: 'Customers stay members in their profiles, but the group no longer gives them price tables.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'customerGroups', id);
  }
}
