/** One entry of a tenant's settings; `id` is unique among those of its kind. */
export interface SettingsEntry {
  readonly id: string;
  /** The settings' version of the last change of this entry: it grows, also over a removal. */
  readonly version: number;
}

/** What the members of a customer group get; who is a member is said by the customer's profile (S-27). */
export interface CustomerGroup extends SettingsEntry {
  readonly priceTables: readonly string[];
}

/** Both ends belong to it. Spaces, hyphens and the case of letters do not count. */
export interface PostalCodeRange {
  readonly from: string;
  readonly to: string;
}

/** Codes that begin with it, or those of a range; of one country, in ISO 3166-1 alpha-3, if that is named. */
export type PostalCodeCondition = ({ readonly prefix: string } | PostalCodeRange) & {
  readonly country?: string;
};

/** All that is given must hold; at least one is. */
export interface CampaignRule {
  /** An address, or `@domain` for all addresses of a domain. */
  readonly email?: string;
  /** Id of a customer group. */
  readonly group?: string;
  readonly utm_source?: string;
  readonly utm_campaign?: string;
  readonly postalCode?: PostalCodeCondition;
}

/** An audience: who meets one of its rules (S-29). */
export interface Campaign extends SettingsEntry {
  readonly rules: readonly CampaignRule[];
}

/** Degrees: `[longitude, latitude]`, in this order, as VTEX and GeoJSON (RFC 7946 section 3.1.1) have it. */
export type Coordinates = readonly [longitude: number, latitude: number];

/** The corners, in order; the last is joined to the first. It does not cross the 180th meridian. */
export type Polygon = readonly Coordinates[];

/** Its id, which may be any text, is the `regionId` of sessions. With neither postal codes nor areas it is the whole country. */
export interface Region extends SettingsEntry {
  /** ISO 3166-1 alpha-3, as sessions have it. */
  readonly country: string;
  readonly postalCodes: readonly PostalCodeRange[];
  readonly areas: readonly Polygon[];
  /** Codes of the sites that it is for; absent: it is for all. */
  readonly salesChannels?: readonly string[];
}

/** `{namespace: [keys]}` (W-78). Names of keys may be those of object members: ask with `Object.hasOwn`. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/** What an app reads and writes (M-12). */
export interface AppDeclaration {
  readonly name: string;
  /** Its changes start the app. A key of the built-in apps that ends in `.*` is a pattern. */
  readonly input: Parameters;
  readonly output: Parameters;
  readonly runOnCreate: boolean;
}

/** An app of the tenant's own, asked over HTTP. `id` is its `name`. */
export interface SessionApp extends AppDeclaration, SettingsEntry {
  readonly url: string;
  /** Of two apps that write one parameter at once, the one with the greater order wins (D-18). */
  readonly order: number;
  /** Others may own its outputs as well (D-18). */
  readonly shared: boolean;
}

export type Lists = { readonly [K in EntryKind]: readonly Entry<K>[] };

/** What the apps of a tenant's sessions go by, each kind by id. One record a tenant. */
export interface VtexSettings extends Lists {
  readonly tenant: string;
  /** Grows by one with each change of any entry; 0: nothing was ever set. */
  readonly version: number;
  /** The built-in app that is no part of the default set (M-53). */
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
