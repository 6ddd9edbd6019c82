import { z } from 'zod';
import { DomainError, InvalidInput, type Problem } from '../shared/domain-error.js';
import { alpha2Of } from '../shared/iso/countries.js';
import { noSettings, withEntry } from '../vtex-settings/settings/vtex-settings.rules.js';
import type { Draft, EntryKind, VtexSettings } from '../vtex-settings/vtex-settings.types.js';

const text = z.string().min(1).max(256);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/);
const regionId = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u);
const alpha3 = z
  .string()
  .refine((code) => alpha2Of(code) !== undefined, 'must be a country code of ISO 3166-1 alpha-3');
const range = z.strictObject({ from: text, to: text });
const parameters = z.record(z.string(), z.array(z.string()));

const rule = z
  .strictObject({
    email: text,
    group: id,
    utm_source: text,
    utm_campaign: text,
    postalCode: z.union([
      z.strictObject({ prefix: text, country: alpha3.optional() }),
      range.extend({ country: alpha3.optional() }),
    ]),
  })
  .partial();

const declared = z.strictObject({
  customerGroups: z.array(z.strictObject({ id, priceTables: z.array(id) })).default([]),
  campaigns: z.array(z.strictObject({ id, rules: z.array(rule).min(1) })).default([]),
  regions: z
    .array(
      z.strictObject({
        id: regionId,
        country: alpha3,
        postalCodes: z.array(range).default([]),
        areas: z.array(z.array(z.tuple([z.number(), z.number()]))).default([]),
        salesChannels: z.array(text).min(1).optional(),
      }),
    )
    .default([]),
  sessionApps: z
    .array(
      z.strictObject({
        name: id,
        url: text,
        input: parameters,
        output: parameters.default({}),
        runOnCreate: z.boolean().default(false),
        order: z.number().int().default(0),
        shared: z.boolean().default(false),
      }),
    )
    .default([]),
  impersonateInstalled: z.boolean().default(false),
});

type Declared = z.infer<typeof declared>;

/** The settings of a tenant's session apps. They must pass the same rules as settings that are sent over HTTP. */
export const vtexSchema = declared.superRefine((given, ctx) => {
  let settings = noSettings('declared');
  for (const entry of entriesOf(given)) {
    const report = ({ field, message }: Problem): void =>
      ctx.addIssue({ code: 'custom', path: [entry.kind, entry.index, ...pathOf(field)], message });
    if (settings[entry.kind].some((other) => other.id === entry.id)) {
      report({ field: '', message: `'${entry.id}' is declared twice` });
    }
    try {
      settings = entry.join(settings);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      for (const problem of problemsOf(error)) report(problem);
    }
  }
});

/** @throws InvalidInput | SettingsTooLarge */
export const toVtexSettings = (tenant: string, given: Declared): VtexSettings =>
  entriesOf(given).reduce((settings, { join }) => join(settings), {
    ...noSettings(tenant),
    impersonateInstalled: given.impersonateInstalled,
  });

/** One entry with its place in the file. */
interface DeclaredEntry {
  readonly kind: EntryKind;
  readonly index: number;
  readonly id: string;
  /** @throws InvalidInput | SettingsTooLarge - the entry contradicts an earlier one */
  readonly join: (settings: VtexSettings) => VtexSettings;
}

function entriesOf(given: Declared): readonly DeclaredEntry[] {
  const entry = <K extends EntryKind>(kind: K, index: number, draft: Draft<K>): DeclaredEntry => ({
    kind,
    index,
    id: draft.id,
    join: (settings) => withEntry(settings, kind, draft),
  });
  return [
    ...given.customerGroups.map((group, i) => entry('customerGroups', i, group)),
    ...given.campaigns.map((campaign, i) => entry('campaigns', i, campaign)),
    ...given.regions.map((region, i) => entry('regions', i, region)),
    ...given.sessionApps.map((app, i) => entry('sessionApps', i, { ...app, id: app.name })),
  ];
}

const problemsOf = (error: DomainError): readonly Problem[] =>
  error instanceof InvalidInput ? error.problems : [{ field: '', message: error.message }];

/** Turns `rules.0` into the path that the file has: `rules[0]`. */
const pathOf = (field: string): readonly (string | number)[] =>
  field === '' ? [] : field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
