import { z } from 'zod';
import { InvalidInput } from '../shared/domain-error.js';
import { noSettings, type VtexSettings, withEntry } from '../vtex-settings/index.js';

const text = z.string().min(1).max(256);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/);
const range = z.strictObject({ from: text, to: text });
const parameters = z.record(z.string(), z.array(z.string()).min(1));

const rule = z
  .strictObject({
    email: text,
    group: id,
    utm_source: text,
    utm_campaign: text,
    postalCode: z.union([z.strictObject({ prefix: text }), range]),
  })
  .partial();

const declared = z.strictObject({
  customerGroups: z.array(z.strictObject({ id, priceTables: z.array(id) })).default([]),
  campaigns: z.array(z.strictObject({ id, rules: z.array(rule).min(1) })).default([]),
  regions: z
    .array(
      z.strictObject({
        id,
        country: z.string().regex(/^[A-Z]{3}$/, 'must be a country code of ISO 3166-1 alpha-3'),
        postalCodes: z.array(range).default([]),
        areas: z.array(z.array(z.tuple([z.number(), z.number()]))).default([]),
      }),
    )
    .default([]),
  sessionApps: z
    .array(
      z.strictObject({
        name: id,
        url: text,
        input: parameters,
        output: parameters,
        runOnCreate: z.boolean().default(false),
        order: z.number().int().default(0),
        shared: z.boolean().default(false),
      }),
    )
    .default([]),
  impersonateInstalled: z.boolean().default(false),
});

/** What the apps of a tenant's sessions go by; held to the same rules as what is set later. */
export const vtexSchema = declared.superRefine((given, ctx) => {
  try {
    toVtexSettings('declared', given);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    for (const { field, message } of error.problems) {
      ctx.addIssue({ code: 'custom', message: `${field}: ${message}` });
    }
  }
});

/** @throws InvalidInput */
export function toVtexSettings(tenant: string, given: z.infer<typeof declared>): VtexSettings {
  let settings: VtexSettings = { ...noSettings(tenant), impersonateInstalled: given.impersonateInstalled };
  for (const group of given.customerGroups) settings = withEntry(settings, 'customerGroups', group);
  for (const campaign of given.campaigns) settings = withEntry(settings, 'campaigns', campaign);
  for (const region of given.regions) settings = withEntry(settings, 'regions', region);
  for (const app of given.sessionApps)
    settings = withEntry(settings, 'sessionApps', { ...app, id: app.name });
  return settings;
}
