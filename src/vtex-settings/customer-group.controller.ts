import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Tenant } from '../http/tenant.decorator.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { CustomerGroupDto, PutCustomerGroupDto, toGroup, toGroupDto } from './dto/customer-group.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';
import { VtexSettingsService } from './vtex-settings.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/customer-groups')
export class CustomerGroupController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List customer groups' })
  @ApiResponse({ status: 200, type: [CustomerGroupDto] })
  async list(@Tenant() tenant: string): Promise<CustomerGroupDto[]> {
    const { customerGroups } = await this.settings.of(tenant);
    return customerGroups.map(toGroupDto);
  }

  @Put(':id')
  @Saves()
  @ApiOperation({ summary: 'Make or replace a customer group' })
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
  @HttpCode(204)
  @Removes()
  @ApiOperation({ summary: 'Remove a customer group' })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'customerGroups', id);
  }
}
