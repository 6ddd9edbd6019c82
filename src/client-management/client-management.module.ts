import { Module } from '@nestjs/common';
import { CompaniesOfPerson } from './companies-of-person.js';
import { CompanyView } from './company-view.service.js';
import { ContactAssignmentService } from './contact-assignment.service.js';
import { ContactAssignmentsController } from './contact-assignments.controller.js';
import { ContactsOfPerson } from './contacts-of-person.js';
import { LegalEntitiesController } from './legal-entities.controller.js';
import { LegalEntityService } from './legal-entity.service.js';
import { LocationService } from './location.service.js';
import { LocationsController } from './locations.controller.js';
import { Memberships } from './memberships.service.js';

@Module({
  controllers: [LegalEntitiesController, ContactAssignmentsController, LocationsController],
  providers: [
    CompaniesOfPerson,
    CompanyView,
    ContactAssignmentService,
    ContactsOfPerson,
    LegalEntityService,
    LocationService,
    Memberships,
  ],
  exports: [CompaniesOfPerson, ContactsOfPerson, Memberships],
})
export class ClientManagementModule {}
