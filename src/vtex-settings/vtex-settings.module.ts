import { Module } from '@nestjs/common';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { CampaignController } from './admin/campaign.controller.js';
import { CustomerGroupController } from './admin/customer-group.controller.js';
import { RegionController } from './admin/region.controller.js';
import { SessionAppController } from './admin/session-app.controller.js';
import { SettingsAdminService } from './admin/settings-admin.service.js';
import { TradePolicyController } from './admin/trade-policy.controller.js';
import { RememberedVtexSettings } from './settings/remembered-settings.js';
import { VtexSettingsService } from './settings/vtex-settings.service.js';

@Module({
  controllers: [
    CustomerGroupController,
    CampaignController,
    RegionController,
    SessionAppController,
    TradePolicyController,
  ],
  providers: [VtexSettingsService, RememberedVtexSettings, SettingsAdminService, TargetAddresses],
  exports: [RememberedVtexSettings, TargetAddresses],
})
export class VtexSettingsModule {}
