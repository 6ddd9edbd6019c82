/** What several schemas of the protocol are made of. */
export const MOST = Number.MAX_SAFE_INTEGER;

export const text = { type: 'string' } as const;
export const texts = { type: 'array', items: text } as const;
export const uri = { type: 'string', format: 'uri' } as const;
export const version = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
export const signedAmount = { type: 'integer', minimum: -MOST, maximum: MOST } as const;
export const amount = { type: 'integer', minimum: 0, maximum: MOST } as const;
export const domainName = {
  type: 'string',
  pattern: '^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9_])?)+$',
} as const;

export const object = <P extends Record<string, object>>(
  properties: P,
  ...required: readonly (keyof P & string)[]
) => ({
  type: 'object',
  properties,
  required: [...required],
});

export const whenType = (types: readonly string[], then: object) => ({
  if: { properties: { type: { enum: [...types] } }, required: ['type'] },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then,
});

export const entity = object(
  { version, spec: uri, schema: uri, id: text, config: { type: 'object' } },
  'version',
);

/** Entities by the name of who defines them. */
export const registry = (entry: object) => ({
  type: 'object',
  propertyNames: domainName,
  additionalProperties: { type: 'array', items: entry },
});

export const capability = {
  allOf: [
    entity,
    object({ extends: { oneOf: [domainName, { type: 'array', items: domainName, minItems: 1 }] } }),
  ],
};

export const service = {
  allOf: [
    entity,
    object({ transport: { enum: ['rest', 'mcp', 'a2a', 'embedded'] }, endpoint: uri }, 'transport'),
  ],
};

export const metadata = {
  version,
  map_order: { type: 'object', additionalProperties: texts },
  capabilities: registry(capability),
  services: registry(service),
  payment_handlers: registry(entity),
};
