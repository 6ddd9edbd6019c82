import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
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
  @Audited('region.list')
  @ApiOperation({
    summary: 'List regions',
    description: 'Returns all regions on one page, sorted by id, with their postal codes, areas and sites.',
  })
  @ApiResponse({ status: 200, type: [RegionDto] })
  async list(@Tenant() tenant: string): Promise<RegionDto[]> {
    const { regions } = await this.settings.of(tenant);
    return regions.map(toRegionDto);
  }

  @Put(':id')
  @Audited('region.save', { param: 'id' })
  @Saves()
  @ApiOperation({
    summary: 'Create or replace a region',
    description:
      'A region is a country, or a part of one by postal codes or polygons. If several match a shopper, ' +
      'the smallest is used. `salesChannels` must be codes of sites. Without `metadata.version`, an ' +
      'existing region is replaced. With it, any other current version is answered with 409; 0 means that ' +
      'the region must not exist yet.',
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
  @Audited('region.remove', { param: 'id' })
  @HttpCode(204)
  @Removes()
  @ApiOperation({
    summary: 'Remove a region',
    description: 'A session keeps the region until its region is next calculated.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'regions', id);
  }
}
