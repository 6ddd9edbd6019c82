import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/index.js';
import { BootstrapModule } from './bootstrap/index.js';
import { CartModule } from './cart/index.js';
import { ConfigModule } from './config/config.module.js';
import { Config } from './config/config.schema.js';
import { CustomerModule, OtherSessions } from './customer/index.js';
import { CustomerLoginModule } from './customer-login/index.js';
import { OAuthModule } from './oauth/index.js';
import { ObservabilityModule } from './observability/index.js';
import { RateLimitModule } from './rate-limit/index.js';
import { SessionModule, SessionService } from './session/index.js';
import { SessionContextModule } from './session-context/index.js';
import { Clock } from './shared/clock.js';
import { SiteSettingsModule } from './site-settings/index.js';
import { StorageModule } from './storage/storage.module.js';
import { Storage } from './storage/storage.js';

/** What differs between a running service and one under test. */
export interface Surroundings {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
}

/** The composition root: the only file that sees every folder. */
@Module({})
export class AppModule {
  static of({ config, storage, clock }: Surroundings): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [
        ConfigModule.of(config),
        StorageModule.of(storage),
        RateLimitModule,
        AuthModule,
        SessionModule,
        OAuthModule,
        SiteSettingsModule,
        CustomerModule,
        SessionContextModule,
        CartModule,
        CustomerLoginModule,
        BootstrapModule,
        ObservabilityModule,
      ],
      providers: [
        { provide: Clock, useValue: clock },
        // customer/ comes before session/ in the order of imports, so it asks through a port of its own.
        { provide: OtherSessions, useExisting: SessionService },
      ],
      exports: [Clock, OtherSessions],
    };
  }
}
