import { InvalidInput, VersionConflict } from '../shared/domain-error.js';
import { mergePatch } from '../shared/merge-patch.js';
import { type Expansion, keptServices } from './expand.rules.js';
import { checked, expectDepth } from './site-check.rules.js';
import type { HomeBase, HomeBaseChanges, Site, SiteBasis, SiteChanges, SiteDraft } from './site.types.js';

/** Tells whether the caller may see the site. Inactive sites are visible only to those who manage sites (W-57). */
export const isVisible = (site: Site, mayManage: boolean): boolean => site.active || mayManage;

/**
 * @param isFirst whether this is the tenant's first site, which always becomes its default (W-56)
 * @throws InvalidInput | TooLarge
 */
export function newSite(tenant: string, code: string, draft: SiteDraft, isFirst: boolean): Site {
  const parts = { ...draft, active: draft.active ?? true, default: isFirst || draft.default === true };
  return checked(siteOf({ tenant, code, version: 1 }, parts));
}

/**
 * Applies a PUT. Parts that a read includes only on request are kept when they are not sent, so that nobody loses what
 * they did not see. `active` and `default` are kept too.
 * @param seen the `expand` of the caller's read
 * @throws InvalidInput | TooLarge
 */
export function replaced(current: Site, draft: SiteDraft, seen: Expansion): Site {
  const { services } = current;
  const kept = (list: 'payment' | 'shipping' | 'tax') =>
    keptServices(services[list], draft.services?.[list], seen.services[list]);
  const parts = {
    ...draft,
    active: draft.active ?? current.active,
    default: draft.default ?? current.default,
    mixins: draft.mixins ?? current.mixins,
    mixinSchemas: draft.mixinSchemas ?? current.mixinSchemas,
    services: {
      payment: kept('payment'),
      shipping: kept('shipping'),
      tax: kept('tax'),
      assistedBuying: draft.services?.assistedBuying,
    },
  };
  return changed(current, siteOf(current, parts));
}

/**
 * Applies a PATCH. Mixins are merged (RFC 7396), lists are replaced.
 * @throws InvalidInput | TooLarge
 */
export function patched(current: Site, changes: SiteChanges): Site {
  const { mixins, mixinSchemas } = changes;
  if (mixins) expectDepth('mixins', mixins);
  if (mixinSchemas) expectDepth('metadata.mixins', mixinSchemas);
  const parts = {
    ...current,
    ...changes,
    homeBase: patchedHomeBase(current.homeBase, changes.homeBase ?? {}),
    mixins: mixins ? mergePatch(current.mixins, mixins) : current.mixins,
    mixinSchemas: mixinSchemas ? mergePatch(current.mixinSchemas, mixinSchemas) : current.mixinSchemas,
    services: { ...current.services, ...changes.services },
  };
  return changed(current, siteOf(current, parts));
}

/** @throws InvalidInput | VersionConflict */
export function expectBasis(site: Site, { code, version }: SiteBasis): void {
  if (code !== undefined && code !== site.code) {
    throw InvalidInput.of('code', `cannot be changed: leave it out, or send '${site.code}'`);
  }
  if (version !== undefined && version !== site.version) throw new VersionConflict(version, site.version);
}

type Parts = SiteDraft & Pick<Site, 'active' | 'default'>;

function siteOf(
  { tenant, code, version, onlyForGroups }: Pick<Site, 'tenant' | 'code' | 'version' | 'onlyForGroups'>,
  parts: Parts,
): Site {
  const { includesTax, cartCalculationScale, services = {} } = parts;
  return {
    tenant,
    code,
    name: parts.name,
    active: parts.active,
    default: parts.default,
    ...(includesTax !== undefined && { includesTax }),
    defaultLanguage: parts.defaultLanguage,
    languages: unique(parts.languages),
    currency: parts.currency,
    availableCurrencies: unique([parts.currency, ...(parts.availableCurrencies ?? [])]),
    homeBase: parts.homeBase,
    shipToCountries: unique(parts.shipToCountries),
    taxDeterminationBasedOn: parts.taxDeterminationBasedOn ?? 'BILLING_ADDRESS',
    ...(cartCalculationScale !== undefined && { cartCalculationScale }),
    ...(onlyForGroups !== undefined && { onlyForGroups }),
    mixins: parts.mixins ?? {},
    mixinSchemas: parts.mixinSchemas ?? {},
    services: {
      ...(services.payment && { payment: services.payment }),
      ...(services.shipping && { shipping: services.shipping }),
      ...(services.tax && { tax: services.tax }),
      ...(services.assistedBuying && { assistedBuying: services.assistedBuying }),
    },
    version,
  };
}

function patchedHomeBase(current: HomeBase, { address, location, timezone }: HomeBaseChanges): HomeBase {
  return {
    ...current,
    address: { ...current.address, ...address },
    ...(location && { location: { ...current.location, ...location } }),
    ...(timezone !== undefined && { timezone }),
  };
}

function changed(current: Site, next: Site): Site {
  if (current.default && !next.default) {
    throw InvalidInput.of(
      'default',
      'a tenant needs one default site: save another one with default: true instead',
    );
  }
  return checked(next);
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
