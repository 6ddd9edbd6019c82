import { Module } from '@nestjs/common';
import { AppAddresses } from './app-addresses.js';
import { CampaignController } from './campaign.controller.js';
import { CustomerGroupController } from './customer-group.controller.js';
import { RegionController } from './region.controller.js';
import { SessionAppController } from './session-app.controller.js';
import { SettingsAdminService } from './settings-admin.service.js';
import { TradePolicyController } from './trade-policy.controller.js';
import { VtexSettingsService } from './vtex-settings.service.js';

@Module({
  controllers: [
    CustomerGroupController,
    CampaignController,
    RegionController,
    SessionAppController,
    TradePolicyController,
  ],
  providers: [VtexSettingsService, SettingsAdminService, AppAddresses],
  exports: [VtexSettingsService, AppAddresses],
})
export class VtexSettingsModule {}
