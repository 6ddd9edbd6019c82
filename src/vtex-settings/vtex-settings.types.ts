/** One entry of a tenant's settings. `id` is unique among entries of the same kind. */
export interface SettingsEntry {
  readonly id: string;
  /**
   * The version that the settings had after the last change of this entry. It grows even if the entry is removed and
   * created again.
   */
  readonly version: number;
}

/** What the members of a customer group get. A customer's profile says which groups they are in (S-27). */
export interface CustomerGroup extends SettingsEntry {
  readonly priceTables: readonly string[];
}

/** A range of postal codes with both ends included. Spaces, hyphens and the case of letters do not matter. */
export interface PostalCodeRange {
  readonly from: string;
  readonly to: string;
}

/** Postal codes that begin with a prefix or are in a range, in one country (ISO 3166-1 alpha-3) if that is named. */
export type PostalCodeCondition = ({ readonly prefix: string } | PostalCodeRange) & {
  readonly country?: string;
};

/** A rule with at least one condition. All given conditions must hold. */
export interface CampaignRule {
  /** An e-mail address, or `@domain` for all addresses of a domain. */
  readonly email?: string;
  /** Id of a customer group. */
  readonly group?: string;
  readonly utm_source?: string;
  readonly utm_campaign?: string;
  readonly postalCode?: PostalCodeCondition;
}

/** A campaign. Its audience is everybody who meets one of its rules (S-29). */
export interface Campaign extends SettingsEntry {
  readonly rules: readonly CampaignRule[];
}

/** `[longitude, latitude]` in degrees, in the order that VTEX and GeoJSON use (RFC 7946 section 3.1.1). */
export type Coordinates = readonly [longitude: number, latitude: number];

/** The corners in order; the last joins the first. A polygon must not cross the 180th meridian. */
export type Polygon = readonly Coordinates[];

/**
 * A region. Its id, any text, is the `regionId` of sessions. Without postal codes and areas it is the whole country.
 */
export interface Region extends SettingsEntry {
  /** ISO 3166-1 alpha-3, as in sessions. */
  readonly country: string;
  readonly postalCodes: readonly PostalCodeRange[];
  readonly areas: readonly Polygon[];
  /** Codes of the sites that the region is for. Absent: all sites. */
  readonly salesChannels?: readonly string[];
}

/** `{namespace: [keys]}` (W-78). Names may equal those of object members, so use `Object.hasOwn`. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/** What an app reads and writes (M-12). */
export interface AppDeclaration {
  readonly name: string;
  /** Parameters whose changes start the app. In built-in apps, a key that ends in `.*` is a pattern. */
  readonly input: Parameters;
  readonly output: Parameters;
  readonly runOnCreate: boolean;
}

/** An app of the tenant's own, called over HTTP. `id` equals `name`. */
export interface SessionApp extends AppDeclaration, SettingsEntry {
  readonly url: string;
  /** If two apps write one parameter at once, the one with the greater order wins (D-18). */
  readonly order: number;
  /** Whether other apps may write the same outputs (D-18). */
  readonly shared: boolean;
}

export type Lists = { readonly [K in EntryKind]: readonly Entry<K>[] };

/** The settings that a tenant's apps use, each kind sorted by id. One record per tenant. */
export interface VtexSettings extends Lists {
  readonly tenant: string;
  /** Grows by one with each change of any entry; 0 means that nothing was ever set. */
  readonly version: number;
  /** Whether `impersonate` is installed, the built-in app outside the default set (M-53). */
  readonly impersonateInstalled: boolean;
}

export interface Entries {
  readonly customerGroups: CustomerGroup;
  readonly campaigns: Campaign;
  readonly regions: Region;
  readonly sessionApps: SessionApp;
}

export type EntryKind = keyof Entries;
export type Entry<K extends EntryKind> = Entries[K];
/** An entry before it is saved. */
export type Draft<K extends EntryKind> = Omit<Entries[K], 'version'>;
