import { Module } from '@nestjs/common';
import { ClientManagementModule } from '../client-management/index.js';
import { WebhookModule } from '../webhook/index.js';
import { CustomerModule } from '../customer/index.js';
import { Sweeps } from '../shared/sweeps.js';
import { CustomerAdminController } from './customer-admin.controller.js';
import { CustomerFinder } from './customer-finder.service.js';
import { CustomersController } from './customers.controller.js';
import { ErasureService } from './erasure.service.js';
import { ExportService } from './export.service.js';
import { Overwriter } from './overwriter.js';
import { OwnAccountController } from './own-account.controller.js';
import { PersonForgetter } from './person-forgetter.js';
import { PersonRecords } from './person-records.js';
import { Removers } from './removers.js';

/** What administrators do with a customer: export, erase, log out everywhere. */
@Module({
  imports: [CustomerModule, ClientManagementModule, WebhookModule],
  controllers: [CustomersController, CustomerAdminController, OwnAccountController],
  providers: [
    CustomerFinder,
    ErasureService,
    ExportService,
    Overwriter,
    PersonForgetter,
    PersonRecords,
    Removers,
  ],
  exports: [ErasureService, Overwriter],
})
export class CustomerAdminModule {
  constructor(sweeps: Sweeps, erasures: ErasureService) {
    sweeps.add('erasures', (now) => erasures.sweep(now));
  }
}
