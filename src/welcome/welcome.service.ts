import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type DemoClient, demoClientsOf, readBootstrap } from '../bootstrap/index.js';
import { Config } from '../config/config.schema.js';
import { GUIDE, isBuilt } from '../http/built-site.js';
import { VERSION } from '../shared/version.js';
import { Storage } from '../storage/storage.js';
import type { WelcomeDto } from './dto/welcome.dto.js';
import type { Welcome } from './welcome.types.js';

@Injectable()
export class WelcomeService implements OnApplicationBootstrap {
  private demoClients: readonly DemoClient[] = [];

  constructor(
    private readonly config: Config,
    private readonly storage: Storage,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.isQuiet) return;
    this.demoClients = demoClientsOf(await readBootstrap(this.config));
  }

  at(origin: string): Welcome {
    if (this.isQuiet) return { origin };
    const { CONSOLE, ADMIN_PORT, PUBLIC_DOCS } = this.config;
    return {
      origin,
      details: {
        version: VERSION,
        store: this.storage.driver,
        hasDocs: PUBLIC_DOCS === 'on',
        hasGuide: isBuilt(GUIDE),
        hasConsole: CONSOLE === 'on' && ADMIN_PORT === undefined,
        demoClients: this.demoClients,
      },
    };
  }

  summary(origin: string): WelcomeDto {
    const { details } = this.at(origin);
    if (!details) return { status: 'ok' };
    const { version, store, hasDocs, hasConsole } = details;
    const paths = {
      ...(hasDocs && { docs: '/docs', clients: '/docs/clients', openapi: '/openapi.json' }),
      ...(hasConsole && { console: '/console' }),
      health: '/health/ready',
      oauth: '/.well-known/oauth-authorization-server',
    };
    const links = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${origin}${path}`]));
    return { status: 'ok', name: 'onesession', version, store, links };
  }

  /** In production, the service reveals nothing that could help an attacker. */
  private get isQuiet(): boolean {
    return this.config.NODE_ENV === 'production';
  }
}
