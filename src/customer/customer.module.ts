import { Module } from '@nestjs/common';
import { MailModule } from '../mail/index.js';
import { TenantModule } from '../tenant/index.js';
import { AddressController } from './address.controller.js';
import { AddressService } from './address.service.js';
import { CredentialChanges } from './credential-changes.service.js';
import { CredentialsService } from './credentials.service.js';
import { CustomerGroups } from './customer-groups.service.js';
import { CustomerService } from './customer.service.js';
import { CustomerMailWriter } from './customer-mail-writer.js';
import { EmailController } from './email.controller.js';
import { EmailChangeService } from './email-change.service.js';
import { OptInService } from './opt-in.service.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { SessionEnder } from './session-ender.js';
import { SignupController } from './signup.controller.js';
import { SignupService } from './signup.service.js';

/** `OtherSessions` comes from the session feature, which stands behind this one. */
@Module({
  imports: [TenantModule, MailModule],
  controllers: [SignupController, ProfileController, AddressController, PasswordController, EmailController],
  providers: [
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
  ],
  exports: [CustomerService, PasswordService, OptInService, CustomerMailWriter, CustomerGroups],
})
export class CustomerModule {}
