import type { JsonObject } from '../../shared/json.js';
import { type Expansion, type ServiceList, shownServices } from '../expand.rules.js';
import type { SiteListQuery } from '../site.service.js';
import type { HomeBase, Site, SiteBasis, SiteChanges, SiteDraft, SiteServices } from '../site.types.js';
import type { HomeBaseDto } from './home-base.dto.js';
import type { SiteListQueryDto } from './site-list-query.dto.js';
import type { PatchSiteDto, ReplaceSiteDto, SiteDto } from './site.dto.js';

/** Ignores `includeInactive` for callers who may not manage sites, instead of refusing the request (W-57). */
export function toListQuery(query: SiteListQueryDto, mayManage: boolean): SiteListQuery {
  const { pageNumber, pageSize, offset, sort, q, includeInactive, totalCount } = query;
  return {
    pageNumber,
    pageSize,
    offset,
    sort,
    q,
    counted: totalCount,
    includeInactive: mayManage && includeInactive,
  };
}

export function toDraft(dto: SiteDto | ReplaceSiteDto): SiteDraft {
  return {
    ...fieldsOf(dto),
    name: dto.name,
    defaultLanguage: dto.defaultLanguage,
    languages: dto.languages,
    currency: dto.currency,
    homeBase: toHomeBase(dto.homeBase),
    shipToCountries: dto.shipToCountries,
  };
}

export function toChanges(dto: PatchSiteDto): SiteChanges {
  const { homeBase } = dto;
  if (!homeBase) return fieldsOf(dto);
  const { address, location } = homeBase;
  return {
    ...fieldsOf(dto),
    homeBase: {
      ...defined({ timezone: homeBase.timezone }),
      ...(address && { address: defined(address) }),
      ...(location && { location: defined(location) }),
    },
  };
}

export const toBasis = ({ code, metadata }: ReplaceSiteDto | PatchSiteDto): SiteBasis =>
  defined({ code, version: metadata?.version });

/** @param mayManage whether to include what is `restricted` in a service */
export function toSiteDto(site: Site, expansion: Expansion, mayManage: boolean): SiteDto {
  const list = (name: ServiceList) => {
    const shown = shownServices(site.services[name], expansion.services[name]);
    return shown && { [name]: mayManage ? shown : shown.map(withoutRestricted) };
  };
  const { assistedBuying } = site.services;
  return {
    code: site.code,
    name: site.name,
    active: site.active,
    default: site.default,
    ...defined({ includesTax: site.includesTax, cartCalculationScale: site.cartCalculationScale }),
    defaultLanguage: site.defaultLanguage,
    languages: [...site.languages],
    currency: site.currency,
    availableCurrencies: [...site.availableCurrencies],
    homeBase: { ...site.homeBase, address: { zipCode: '', ...site.homeBase.address } },
    shipToCountries: [...site.shipToCountries],
    taxDeterminationBasedOn: site.taxDeterminationBasedOn,
    ...list('payment'),
    ...list('shipping'),
    ...list('tax'),
    ...(assistedBuying && { assistedBuying }),
    ...shownMixins(site, expansion),
    metadata: { mixins: site.mixinSchemas, version: site.version },
  };
}

function fieldsOf(dto: SiteDto | ReplaceSiteDto | PatchSiteDto): Omit<SiteChanges, 'homeBase'> {
  const { payment, shipping, tax, assistedBuying } = dto;
  return defined({
    name: dto.name,
    active: dto.active,
    default: dto.default,
    includesTax: dto.includesTax,
    defaultLanguage: dto.defaultLanguage,
    languages: dto.languages,
    currency: dto.currency,
    availableCurrencies: dto.availableCurrencies,
    shipToCountries: dto.shipToCountries,
    taxDeterminationBasedOn: dto.taxDeterminationBasedOn,
    cartCalculationScale: dto.cartCalculationScale,
    mixins: dto.mixins,
    mixinSchemas: dto.metadata?.mixins,
    services: defined<SiteServices>({ payment, shipping, tax, assistedBuying }),
  });
}

const toHomeBase = ({ address, location, timezone }: HomeBaseDto): HomeBase => ({
  address: { ...defined(address), country: address.country },
  ...(location && { location: defined(location) }),
  ...defined({ timezone }),
});

function shownMixins({ mixins }: Site, expansion: Expansion): { mixins?: JsonObject } {
  if (expansion.mixins === 'all') return { mixins };
  if (expansion.mixins.length === 0) return {};
  const wanted = new Set(expansion.mixins);
  return { mixins: Object.fromEntries(Object.entries(mixins).filter(([name]) => wanted.has(name))) };
}

function withoutRestricted(service: JsonObject): JsonObject {
  const configuration = service['configuration'];
  if (typeof configuration !== 'object' || configuration === null || !('restricted' in configuration)) {
    return service;
  }
  const { restricted: _hidden, ...rest } = configuration;
  return { ...service, configuration: rest };
}

/** Drops undefined fields, which DTOs have for every field that was not sent and which would erase stored values. */
function defined<T extends object>(value: T): Partial<T> {
  const copy: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = value[key];
  return copy;
}
