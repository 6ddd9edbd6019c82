import type { Client } from '../../oauth/index.js';
import type { Site } from '../../site-settings/index.js';
import type { Tenant, TenantDeletion } from '../../tenant/index.js';
import type { VtexSettings } from '../../vtex-settings/index.js';
import { isOn, versionOf } from '../tenant-change.rules.js';
import type { WholeTenant } from '../tenant-reader.js';
import type { TenantDto, TenantJobDto, WholeTenantDto } from './tenant.dto.js';

export const toTenantDto = (tenant: Tenant): TenantDto => ({
  name: tenant.name,
  enabled: isOn(tenant),
  settings: tenant.settings,
  metadata: {
    version: versionOf(tenant),
    ...(tenant.createdAt && { createdAt: tenant.createdAt }),
    ...(tenant.modifiedAt && { modifiedAt: tenant.modifiedAt }),
  },
});

/** In the form of the bootstrap file. */
export const toWholeTenantDto = ({ tenant, clients, sites, vtex }: WholeTenant): WholeTenantDto => ({
  ...toTenantDto(tenant),
  clients: clients.map(clientOf),
  sites: sites.map(siteOf),
  ...(vtex && { vtex: vtexOf(vtex) }),
});

/** Not even the hashes of secrets. */
const clientOf = ({ clientId, kind, name, email, enabled, scopes }: Client): object => ({
  clientId,
  kind,
  ...(name !== undefined && { name }),
  ...(email !== undefined && { email }),
  enabled,
  ...(kind === 'backend' && { scopes }),
});

const siteOf = ({
  tenant: _tenant,
  mixins: _mixins,
  mixinSchemas: _schemas,
  services: _services,
  version: _version,
  ...site
}: Site): object => site;

const vtexOf = ({
  customerGroups,
  campaigns,
  regions,
  sessionApps,
  impersonateInstalled,
}: VtexSettings): object => ({
  customerGroups: customerGroups.map(withoutVersion),
  campaigns: campaigns.map(withoutVersion),
  regions: regions.map(withoutVersion),
  sessionApps: sessionApps.map(({ id: _id, version: _version, ...app }) => app),
  impersonateInstalled,
});

const withoutVersion = ({ version: _version, ...entry }: { readonly version: number }): object => entry;

export const toJobDto = ({ job, tenant, done, requestedAt, finishedAt }: TenantDeletion): TenantJobDto => ({
  job,
  tenant,
  state: finishedAt ? 'done' : 'running',
  done,
  requestedAt,
  ...(finishedAt && { finishedAt }),
});
