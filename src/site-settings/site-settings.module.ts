import { Global, Module } from '@nestjs/common';
import { SiteAccess } from './site-access.service.js';
import { SiteMixinController } from './site-mixin.controller.js';
import { RememberedSites, RememberingSiteRepository } from './remembered-sites.js';
import { SiteMixinService } from './site-mixin.service.js';
import { SiteController } from './site.controller.js';
import { SiteReader, SiteRepository } from './site.repository.js';
import { SiteService } from './site.service.js';

/** Global: most features ask who may shop where. */
@Global()
@Module({
  controllers: [SiteController, SiteMixinController],
  providers: [
    SiteService,
    SiteMixinService,
    SiteAccess,
    RememberedSites,
    { provide: SiteReader, useExisting: RememberedSites },
    { provide: SiteRepository, useClass: RememberingSiteRepository },
  ],
  exports: [SiteAccess, SiteReader, SiteRepository, RememberedSites],
})
export class SiteSettingsModule {}
