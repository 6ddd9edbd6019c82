import { Module } from '@nestjs/common';
import { AddressController } from './address.controller.js';
import { AddressService } from './address.service.js';
import { CredentialsService } from './credentials.service.js';
import { CustomerService } from './customer.service.js';
import { LogMailOutbox } from './log-mail-outbox.js';
import { MailOutbox } from './mail-outbox.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { SignupController } from './signup.controller.js';
import { SignupService } from './signup.service.js';

/** `OtherSessions` comes from the session feature, which stands behind this one. */
@Module({
  controllers: [SignupController, ProfileController, AddressController, PasswordController],
  providers: [
    CustomerService,
    SignupService,
    ProfileService,
    AddressService,
    CredentialsService,
    PasswordService,
    { provide: MailOutbox, useClass: LogMailOutbox },
  ],
  exports: [CustomerService, PasswordService, MailOutbox],
})
export class CustomerModule {}
