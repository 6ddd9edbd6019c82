import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Tenant } from '../http/tenant.decorator.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { CampaignDto, PutCampaignDto, toCampaign, toCampaignDto } from './dto/campaign.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';
import { VtexSettingsService } from './vtex-settings.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/campaigns')
export class CampaignController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List campaigns' })
  @ApiResponse({ status: 200, type: [CampaignDto] })
  async list(@Tenant() tenant: string): Promise<CampaignDto[]> {
    const { campaigns } = await this.settings.of(tenant);
    return campaigns.map(toCampaignDto);
  }

  @Put(':id')
  @Saves()
  @ApiOperation({ summary: 'Make or replace a campaign' })
  @ApiResponse({ status: 200, type: CampaignDto })
  async put(
    @Tenant() tenant: string,
    @Param('id', EntryIdPipe) id: string,
    @Body() body: PutCampaignDto,
  ): Promise<CampaignDto> {
    return toCampaignDto(
      await this.admin.put(tenant, 'campaigns', toCampaign(id, body), body.metadata?.version),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Removes()
  @ApiOperation({ summary: 'Remove a campaign' })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'campaigns', id);
  }
}
