import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { SettingsRoutes } from './admin-route.js';
import { toPolicyDto, TradePolicyDto } from './dto/trade-policy.dto.js';
import { SettingsAdminService } from './settings-admin.service.js';

@SettingsRoutes()
@Controller('admin/:tenant/trade-policies')
export class TradePolicyController {
  constructor(private readonly admin: SettingsAdminService) {}

  @Get()
  @Audited('trade-policy.list')
  @ApiOperation({
    summary: 'List trade policies',
    description:
      'Each site is a trade policy; `sc` selects it by its code. The list is read-only: change sites ' +
      'at `/site/{tenant}/sites`.',
  })
  @ApiResponse({ status: 200, type: [TradePolicyDto] })
  async list(@Tenant() tenant: string): Promise<TradePolicyDto[]> {
    return (await this.admin.tradePolicies(tenant)).map(toPolicyDto);
  }
}
