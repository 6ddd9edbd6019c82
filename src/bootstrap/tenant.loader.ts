import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { type TenantDeletion, TenantDeletionRepository, TenantRepository } from '../tenant/index.js';
import { type VtexSettings, VtexSettingsRepository } from '../vtex-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { absent, differing, kept, made, type Outcome } from './outcome.rules.js';
import { toVtexSettings } from './vtex.schema.js';

/** Loads a tenant and the settings of its session apps. */
@Injectable()
export class TenantLoader {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly deletions: TenantDeletionRepository,
    private readonly vtexSettings: VtexSettingsRepository,
    private readonly clock: Clock,
  ) {}

  hasAny(): Promise<boolean> {
    return this.tenants.hasAny();
  }

  /** @returns undefined unless an operator has deleted the tenant */
  deletion(name: string): Promise<TenantDeletion | undefined> {
    return this.deletions.find(name);
  }

  async load({ name, settings }: DeclaredTenant, place: string): Promise<Outcome> {
    const now = this.clock.now();
    if (await this.tenants.create({ name, settings, createdAt: now, modifiedAt: now, version: 1 }))
      return made(place);
    const stored = await this.tenants.find(name);
    return stored ? kept(`${place}.settings`, differing(settings, stored.settings)) : absent(place);
  }

  /** Loads the settings only if the tenant has none, because all entries are one record. */
  async loadVtex({ name, vtex }: DeclaredTenant, place: string): Promise<readonly Outcome[]> {
    if (!vtex) return [];
    const declared = toVtexSettings(name, vtex);
    const stored = await this.vtexSettings.change(name, (current) => current ?? declared);
    return stored === declared ? [made(place)] : compared(declared, stored, place);
  }
}

const KINDS = ['customerGroups', 'campaigns', 'regions', 'sessionApps'] as const;

function compared(declared: VtexSettings, stored: VtexSettings, place: string): readonly Outcome[] {
  const { impersonateInstalled } = declared;
  return [
    kept(place, differing({ impersonateInstalled }, stored)),
    ...KINDS.flatMap((kind) =>
      declared[kind].map(({ version: _version, ...entry }) => {
        const there = stored[kind].find(({ id }) => id === entry.id);
        const at = `${place}.${kind} '${entry.id}'`;
        return there ? kept(at, differing(entry, there)) : absent(at);
      }),
    ),
  ];
}
