import { Module } from '@nestjs/common';
import { CustomerAdminController } from './customer-admin.controller.js';
import { ErasureService } from './erasure.service.js';
import { ExportService } from './export.service.js';
import { Overwriter } from './overwriter.js';
import { PersonRecords } from './person-records.js';
import { Removers } from './removers.js';

/** What administrators do for, and to, a customer. */
@Module({
  controllers: [CustomerAdminController],
  providers: [ErasureService, ExportService, Overwriter, PersonRecords, Removers],
  exports: [ErasureService],
})
export class CustomerAdminModule {}
