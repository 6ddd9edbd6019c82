import { Module } from '@nestjs/common';
import { ClientManagementModule } from '../client-management/index.js';
import { CustomerAdminModule } from '../customer-admin/index.js';
import { CustomerImportController } from './customer-import.controller.js';
import { CustomerImport } from './customer-import.service.js';
import { CustomerView } from './customer-view.service.js';
import { ManagedAddressesController } from './managed-addresses.controller.js';
import { ManagedCustomers } from './managed-customer.service.js';
import { ManagedCustomersController } from './managed-customers.controller.js';

/** Customers, as the backends of their tenant manage them. */
@Module({
  imports: [ClientManagementModule, CustomerAdminModule],
  controllers: [ManagedCustomersController, ManagedAddressesController, CustomerImportController],
  providers: [ManagedCustomers, CustomerImport, CustomerView],
})
export class ManagedCustomersModule {}
