import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { VtexSettingsService } from '../settings/vtex-settings.service.js';
import { Removes, Saves, SettingsRoutes } from './admin-route.js';
import { CampaignDto, PutCampaignDto, toCampaign, toCampaignDto } from './dto/campaign.dto.js';
import { EntryIdPipe } from './entry-id.pipe.js';
import { SettingsAdminService } from './settings-admin.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/campaigns')
export class CampaignController {
  constructor(
    private readonly settings: VtexSettingsService,
    private readonly admin: SettingsAdminService,
  ) {}

  @Get()
  @Audited('campaign.list')
  @ApiOperation({
    summary: 'List campaigns',
    description:
      'Returns all campaigns on one page, sorted by id, with the rules that decide who is in their audience.',
  })
  @ApiResponse({ status: 200, type: [CampaignDto] })
  async list(@Tenant() tenant: string): Promise<CampaignDto[]> {
    const { campaigns } = await this.settings.of(tenant);
    return campaigns.map(toCampaignDto);
  }

  @Put(':id')
  @Audited('campaign.save', { param: 'id' })
  @Saves()
  @ApiOperation({
    summary: 'Create or replace a campaign',
    description:
      'A shopper who meets all conditions of one rule is in the audience; sessions and segments then show ' +
      'the id in `campaigns`. Without `metadata.version`, an existing campaign is replaced. With it, any ' +
      'other current version is answered with 409; 0 means that the campaign must not exist yet.',
  })
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
  @Audited('campaign.remove', { param: 'id' })
  @HttpCode(204)
  @Removes()
  @ApiOperation({
    summary: 'Remove a campaign',
    description: 'A session keeps the campaign until its campaigns are next calculated.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.admin.remove(tenant, 'campaigns', id);
  }
}
