import { Global, Module } from '@nestjs/common';
import { MailModule } from '../mail/index.js';
import { TenantModule } from '../tenant/index.js';
import { Sweeps } from '../shared/sweeps.js';
import { CustomerGroups } from './accounts/customer-groups.service.js';
import { CustomerService } from './accounts/customer.service.js';
import { SignupController } from './accounts/signup.controller.js';
import { SignupService } from './accounts/signup.service.js';
import { CustomerRepository } from './customer.repository.js';
import { CustomersWithEvents } from './events/customers-with-events.js';
import { CredentialChanges } from './credentials/credential-changes.service.js';
import { SessionEnder } from './credentials/session-ender.js';
import { EmailChangeService } from './emails/email-change.service.js';
import { EmailController } from './emails/email.controller.js';
import { OptInService } from './emails/opt-in.service.js';
import { CustomerChanger } from './managing/customer-changer.js';
import { CustomerMaker } from './managing/customer-maker.js';
import { PasswordRetentions } from './managing/password-retention.service.js';
import { PasswordRetentionSweep } from './managing/password-retention.sweep.js';
import { CustomerMailWriter } from './mails/customer-mail-writer.js';
import { CredentialsService } from './passwords/credentials.service.js';
import { PasswordController } from './passwords/password.controller.js';
import { PasswordService } from './passwords/password.service.js';
import { AddressController } from './profile/address.controller.js';
import { AddressService } from './profile/address.service.js';
import { ProfileController } from './profile/profile.controller.js';
import { ProfileService } from './profile/profile.service.js';

/** Global, because features around it read customers. `OtherSessions` comes from the session feature, which follows this one in the import order. */
@Global()
@Module({
  imports: [TenantModule, MailModule],
  controllers: [SignupController, ProfileController, AddressController, PasswordController, EmailController],
  providers: [
    { provide: CustomerRepository, useClass: CustomersWithEvents },
    CustomerService,
    SignupService,
    ProfileService,
    AddressService,
    CredentialChanges,
    SessionEnder,
    CredentialsService,
    PasswordService,
    OptInService,
    EmailChangeService,
    CustomerMailWriter,
    CustomerGroups,
    CustomerMaker,
    CustomerChanger,
    PasswordRetentions,
    PasswordRetentionSweep,
  ],
  exports: [
    AddressService,
    CustomerMaker,
    CustomerChanger,
    PasswordRetentions,
    CustomerRepository,
    CustomerService,
    PasswordService,
    OptInService,
    CustomerMailWriter,
    CustomerGroups,
  ],
})
export class CustomerModule {
  constructor(sweeps: Sweeps, passwords: PasswordRetentionSweep) {
    sweeps.add('passwords of other systems', () => passwords.sweep());
  }
}
