import { Injectable } from '@nestjs/common';
import type { App } from '../../values/app.types.js';
import { AuthenticationApp } from './authentication.app.js';
import { CheckoutApp } from './checkout.app.js';
import { ProfileApp } from './profile.app.js';
import { RnbApp } from './rnb.app.js';
import { StoreApp } from './store.app.js';

/** The apps that every tenant has. */
@Injectable()
export class DefaultApps {
  readonly all: readonly App[];

  constructor(
    store: StoreApp,
    authentication: AuthenticationApp,
    profile: ProfileApp,
    rnb: RnbApp,
    checkout: CheckoutApp,
  ) {
    this.all = [store, authentication, profile, rnb, checkout];
  }
}
