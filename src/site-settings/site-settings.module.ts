import { Module } from '@nestjs/common';
import { SiteMixinController } from './site-mixin.controller.js';
import { SiteMixinService } from './site-mixin.service.js';
import { SiteController } from './site.controller.js';
import { SiteService } from './site.service.js';

@Module({
  controllers: [SiteController, SiteMixinController],
  providers: [SiteService, SiteMixinService],
})
export class SiteSettingsModule {}
