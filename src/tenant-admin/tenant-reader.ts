import { Injectable } from '@nestjs/common';
import { cursorOf, DEFAULT_PAGE_SIZE, partsOf } from '../http/query/cursor-page.js';
import { type Client, ClientRepository } from '../oauth/index.js';
import { type Site, SiteRepository } from '../site-settings/index.js';
import { type Tenant, TenantRepository } from '../tenant/index.js';
import { type VtexSettings, VtexSettingsRepository } from '../vtex-settings/index.js';
import { TenantNotFound } from './tenant-admin.errors.js';
import { pageOf, type Place } from './tenant-list.rules.js';

/** A tenant with the parts that configure it. Its customers, prices and codes have lists of their own. */
export interface WholeTenant {
  readonly tenant: Tenant;
  readonly clients: readonly Client[];
  readonly sites: readonly Site[];
  readonly vtex: VtexSettings | undefined;
}

/** Further clients are listed at `/admin/{tenant}/clients`. */
const MOST_CLIENTS = 200;

@Injectable()
export class TenantReader {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly clients: ClientRepository,
    private readonly sites: SiteRepository,
    private readonly vtexSettings: VtexSettingsRepository,
  ) {}

  /** @throws InvalidInput - the cursor is not one of ours */
  async list(
    limit = DEFAULT_PAGE_SIZE,
    cursor?: string,
  ): Promise<{ readonly tenants: readonly Tenant[]; readonly next?: string }> {
    const after = cursor === undefined ? undefined : placeIn(cursor);
    const { tenants, next } = pageOf(await this.tenants.list(), limit, after);
    return { tenants, ...(next && { next: cursorOf([next.createdAt, next.name]) }) };
  }

  /** @throws TenantNotFound */
  async read(name: string): Promise<WholeTenant> {
    const tenant = await this.tenants.find(name);
    if (!tenant) throw new TenantNotFound(name);
    const order = { path: 'clientId', descending: false } as const;
    const [{ rows: clients }, sites, vtex] = await Promise.all([
      this.clients.list(name, { filter: [], order, skip: 0, limit: MOST_CLIENTS, counted: false }),
      this.sites.list(name),
      this.vtexSettings.find(name),
    ]);
    return { tenant, clients, sites, vtex };
  }
}

function placeIn(cursor: string): Place {
  const [createdAt, name] = partsOf(cursor, ['number', 'string']);
  return { createdAt: Number(createdAt), name: String(name) };
}
