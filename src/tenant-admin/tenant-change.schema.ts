import { z } from 'zod';
import { fieldOf, refuseExcess } from '../bootstrap/index.js';
import { InvalidInput } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';
import { schemaWords } from '../shared/schema-words.js';

/** `readSentTenant` checks the parts, and `readSentSettings` the settings, once they are merged. */
const schema = z.strictObject({
  enabled: z.boolean().optional(),
  settings: z.record(z.string(), z.json()).optional(),
  clients: z.unknown().optional(),
  sites: z.unknown().optional(),
  customers: z.unknown().optional(),
  priceModels: z.unknown().optional(),
  prices: z.unknown().optional(),
  discounts: z.unknown().optional(),
  vtex: z.unknown().optional(),
  metadata: z.strictObject({ version: z.int() }),
});

export interface TenantChange {
  readonly enabled: boolean | undefined;
  /** A JSON Merge Patch. */
  readonly settings: JsonObject | undefined;
  /** As in the bootstrap file; not checked yet. */
  readonly parts: object;
  /** The version that the caller read. */
  readonly version: number;
}

/** @throws InvalidInput with every problem */
export function readChange(given: unknown): TenantChange {
  refuseExcess(given);
  const parsed = schema.safeParse(given, schemaWords);
  if (parsed.success) {
    const { enabled, settings, metadata, ...parts } = parsed.data;
    return { enabled, settings, parts, version: metadata.version };
  }
  throw new InvalidInput(
    parsed.error.issues.map(({ path, message }) => ({ field: fieldOf(path.join('.')) || 'body', message })),
  );
}
