import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer/index.js';
import { BootstrapService } from './bootstrap.service.js';
import { ClientLoader } from './client.loader.js';
import { CustomerLoader } from './customer.loader.js';
import { OfferLoader } from './offer.loader.js';
import { PriceLoader } from './price.loader.js';
import { SiteLoader } from './site.loader.js';
import { StoredDemoData } from './stored-demo-data.js';
import { TenantLoader } from './tenant.loader.js';

@Module({
  imports: [CustomerModule],
  providers: [
    BootstrapService,
    ClientLoader,
    CustomerLoader,
    OfferLoader,
    PriceLoader,
    SiteLoader,
    StoredDemoData,
    TenantLoader,
  ],
  exports: [BootstrapService],
})
export class BootstrapModule {}
