import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Tenant } from '../http/tenant.decorator.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { RegionDto, PutRegionDto, toRegion, toRegionDto } from './dto/region.dto.js';
import { RegionIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';
import { VtexSettingsService } from './vtex-settings.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/regions')
export class RegionController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List regions' })
  @ApiResponse({ status: 200, type: [RegionDto] })
  async list(@Tenant() tenant: string): Promise<RegionDto[]> {
    const { regions } = await this.settings.of(tenant);
    return regions.map(toRegionDto);
  }

  @Put(':id')
  @Saves()
  @ApiOperation({ summary: 'Make or replace a region' })
  @ApiResponse({ status: 200, type: RegionDto })
  async put(
    @Tenant() tenant: string,
    @Param('id', RegionIdPipe) id: string,
    @Body() body: PutRegionDto,
  ): Promise<RegionDto> {
    return toRegionDto(await this.admin.putRegion(tenant, toRegion(id, body), body.metadata?.version));
  }

  @Delete(':id')
  @HttpCode(204)
  @Removes()
  @ApiOperation({ summary: 'Remove a region' })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'regions', id);
  }
}
