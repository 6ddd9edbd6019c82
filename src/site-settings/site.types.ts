import type { JsonObject } from '../shared/json.js';

export interface SiteAddress {
  readonly street?: string;
  readonly streetNumber?: string;
  readonly streetAppendix?: string;
  readonly extraLine1?: string;
  readonly extraLine2?: string;
  readonly extraLine3?: string;
  readonly extraLine4?: string;
  readonly zipCode?: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly state?: string;
}

export interface HomeBase {
  readonly address: SiteAddress;
  readonly location?: { readonly latitude?: number; readonly longitude?: number };
  /** IANA name, e.g. `Europe/Berlin` */
  readonly timezone?: string;
}

export type TaxBasis = 'BILLING_ADDRESS' | 'SHIPPING_ADDRESS';

/** Data that is stored for the client and has no meaning here. */
export interface SiteServices {
  readonly payment?: readonly JsonObject[];
  readonly shipping?: readonly JsonObject[];
  readonly tax?: readonly JsonObject[];
  readonly assistedBuying?: JsonObject;
}

/** The commerce settings of one shop of a tenant (W-56). */
export interface Site {
  readonly tenant: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  /** True for exactly one site of a tenant, which is active and can't be removed. */
  readonly default: boolean;
  readonly includesTax?: boolean;
  /** ISO 639-1 */
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  /** ISO 4217 */
  readonly currency: string;
  /** Always includes `currency`. */
  readonly availableCurrencies: readonly string[];
  readonly homeBase: HomeBase;
  /** ISO 3166-1 alpha-2 */
  readonly shipToCountries: readonly string[];
  readonly taxDeterminationBasedOn: TaxBasis;
  /** Decimal places of cart totals. */
  readonly cartCalculationScale?: number;
  /** If set, only members of these groups may use the site. Absent: everybody may. */
  readonly onlyForGroups?: readonly string[];
  /** The tenant's own data, stored as it was sent. */
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  readonly services: SiteServices;
  /** `metadata.version`: 1 at first, and one more with each change. */
  readonly version: number;
}

/** The fields that a client sets. Optional ones have a default. */
export interface SiteDraft {
  readonly name: string;
  readonly active?: boolean;
  readonly default?: boolean;
  readonly includesTax?: boolean;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  readonly currency: string;
  readonly availableCurrencies?: readonly string[];
  readonly homeBase: HomeBase;
  readonly shipToCountries: readonly string[];
  readonly taxDeterminationBasedOn?: TaxBasis;
  readonly cartCalculationScale?: number;
  readonly mixins?: JsonObject;
  readonly mixinSchemas?: JsonObject;
  readonly services?: SiteServices;
}

export interface HomeBaseChanges {
  readonly address?: Partial<SiteAddress>;
  readonly location?: HomeBase['location'];
  readonly timezone?: string;
}

/** The fields that a client changes. Absent fields keep their value. */
export type SiteChanges = Partial<Omit<SiteDraft, 'homeBase'>> & { readonly homeBase?: HomeBaseChanges };

/** The site that a client read before it sent a change, as far as the request tells. */
export interface SiteBasis {
  readonly code?: string;
  readonly version?: number;
}
