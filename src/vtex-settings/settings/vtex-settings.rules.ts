import { VersionConflict } from '../../shared/domain-error.js';
import { SettingsEntryNotFound, SettingsTooLarge } from '../vtex-settings.errors.js';
import type { Draft, Entry, EntryKind, Lists, VtexSettings } from '../vtex-settings.types.js';
import { checkedCampaign, checkedRegion } from './audience-check.rules.js';
import { checkedSessionApp } from './session-app-check.rules.js';

/** Limit per tenant. The settings are read at every change of a session, so they must stay small. */
const MOST_BYTES = 524_288;

/** Every check throws InvalidInput, which names all problems. */
const CHECKS: { readonly [K in EntryKind]: (draft: Draft<K>, settings: VtexSettings) => Draft<K> } = {
  customerGroups: (draft) => draft,
  campaigns: checkedCampaign,
  regions: checkedRegion,
  sessionApps: (draft, { sessionApps }) => checkedSessionApp(draft, sessionApps),
};

const NAMES: Readonly<Record<EntryKind, string>> = {
  customerGroups: 'customer group',
  campaigns: 'campaign',
  regions: 'region',
  sessionApps: 'session app',
};

export const noSettings = (tenant: string): VtexSettings => ({
  tenant,
  version: 0,
  customerGroups: [],
  campaigns: [],
  regions: [],
  sessionApps: [],
  impersonateInstalled: false,
});

const entriesOf = <K extends EntryKind>(lists: Lists, kind: K): Lists[K] => lists[kind];

export const entryOf = <K extends EntryKind>(
  settings: VtexSettings,
  kind: K,
  id: string,
): Entry<K> | undefined => entriesOf(settings, kind).find((entry) => entry.id === id);

/**
 * Adds an entry, or replaces the one with its id. Entries stay sorted by id.
 * @param expected the version that the caller read, if it was sent
 * @throws InvalidInput | VersionConflict | SettingsTooLarge
 */
export function withEntry<K extends EntryKind>(
  settings: VtexSettings,
  kind: K,
  draft: Draft<K>,
  expected?: number,
): VtexSettings {
  const current = entryOf(settings, kind, draft.id)?.version ?? 0;
  if (expected !== undefined && expected !== current) throw new VersionConflict(expected, current);
  const version = settings.version + 1;
  const others = entriesOf(settings, kind).filter(({ id }) => id !== draft.id);
  const entries = [...others, { ...CHECKS[kind](draft, settings), version }].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const next = { ...settings, version, [kind]: entries };
  if (JSON.stringify(next).length > MOST_BYTES) throw new SettingsTooLarge(MOST_BYTES);
  return next;
}

/** @throws SettingsEntryNotFound */
export function withoutEntry(settings: VtexSettings, kind: EntryKind, id: string): VtexSettings {
  if (!entryOf(settings, kind, id)) throw new SettingsEntryNotFound(NAMES[kind], id);
  const left = entriesOf(settings, kind).filter((entry) => entry.id !== id);
  return { ...settings, version: settings.version + 1, [kind]: left };
}

/** Returns the settings unchanged when there is nothing to change. */
export const withImpersonate = (settings: VtexSettings, installed: boolean): VtexSettings =>
  settings.impersonateInstalled === installed
    ? settings
    : { ...settings, version: settings.version + 1, impersonateInstalled: installed };
