import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Tenant } from '../../http/tenant.decorator.js';
import { VtexSettingsService } from '../settings/vtex-settings.service.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { PutRegionDto, RegionDto, toRegion, toRegionDto } from './dto/region.dto.js';
import { RegionIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/regions')
export class RegionController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List regions',
    description: 'Returns all regions at once, by their ids, with their postal codes, areas and sites.',
  })
  @ApiResponse({ status: 200, type: [RegionDto] })
  async list(@Tenant() tenant: string): Promise<RegionDto[]> {
    const { regions } = await this.settings.of(tenant);
    return regions.map(toRegionDto);
  }

  @Put(':id')
  @Saves()
  @ApiOperation({
    summary: 'Create or replace a region',
    description:
      'A region is a country, or a part of it by postal codes or polygons; where several fit a shopper, the ' +
      'smallest counts. `salesChannels` must be codes of sites. Without `metadata.version`, whatever is there ' +
      'is replaced; with it, another version is 409, and 0 means that there must be none yet.',
  })
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
  @ApiOperation({
    summary: 'Remove a region',
    description: 'A session keeps it until its region is next worked out.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'regions', id);
  }
}
