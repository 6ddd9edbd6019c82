import { Global, Module } from '@nestjs/common';
import { SiteAccess } from './site-access.service.js';
import { SiteMixinController } from './site-mixin.controller.js';
import { SiteMixinService } from './site-mixin.service.js';
import { SiteController } from './site.controller.js';
import { SiteService } from './site.service.js';

/** Global: most features ask who may shop where. */
@Global()
@Module({
  controllers: [SiteController, SiteMixinController],
  providers: [SiteService, SiteMixinService, SiteAccess],
  exports: [SiteAccess],
})
export class SiteSettingsModule {}
