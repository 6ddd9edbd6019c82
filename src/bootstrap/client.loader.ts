import { Injectable } from '@nestjs/common';
import { ClientRepository } from '../oauth/index.js';
import { Clock } from '../shared/clock.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toClient } from './declared-records.js';

@Injectable()
export class ClientLoader {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it was made */
  load(tenant: string, client: DeclaredTenant['clients'][number]): Promise<boolean> {
    return this.clients.create(toClient(tenant, client, this.clock.now()));
  }
}
