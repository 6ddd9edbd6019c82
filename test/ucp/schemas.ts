/**
 * What bodies of the Universal Commerce Protocol must look like, release 2026-08-25 (https://ucp.dev), in the words of
 * this project. They refuse what the published schemas refuse, and allow further fields where those do.
 */
const text = { type: 'string' } as const;
const version = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const MOST = Number.MAX_SAFE_INTEGER;
const signedAmount = { type: 'integer', minimum: -MOST, maximum: MOST } as const;
const amount = { type: 'integer', minimum: 0, maximum: MOST } as const;
const domainName = {
  type: 'string',
  pattern: '^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9_])?)+$',
} as const;
const uri = { type: 'string', format: 'uri' } as const;

const object = <P extends Record<string, object>>(
  properties: P,
  ...required: readonly (keyof P & string)[]
) => ({
  type: 'object',
  properties,
  required: [...required],
});

const whenType = (types: readonly string[], then: object) => ({
  if: { properties: { type: { enum: [...types] } }, required: ['type'] },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then,
});

const entity = object({ version, spec: uri, schema: uri, id: text, config: { type: 'object' } }, 'version');

const registry = (entry: object) => ({
  type: 'object',
  propertyNames: domainName,
  additionalProperties: { type: 'array', items: entry },
});

const total = {
  ...object({ type: text, display_text: text, amount: signedAmount }, 'type', 'amount'),
  allOf: [
    whenType(['discount', 'items_discount'], { properties: { amount: { exclusiveMaximum: 0 } } }),
    whenType(['subtotal', 'fulfillment', 'tax', 'fee'], { properties: { amount: { minimum: 0 } } }),
  ],
};

const one = (type: string) => ({
  contains: { properties: { type: { const: type } }, required: ['type'] },
  minContains: 1,
  maxContains: 1,
});

const KNOWN_TOTALS = ['subtotal', 'items_discount', 'discount', 'fulfillment', 'tax', 'fee', 'total'];

const totals = {
  type: 'array',
  items: {
    allOf: [
      total,
      {
        if: { properties: { type: { not: { enum: KNOWN_TOTALS } } }, required: ['type'] },
        // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
        then: { required: ['display_text'] },
      },
    ],
  },
  allOf: [one('subtotal'), one('total')],
};

const unit = {
  ...object(
    { unit: text, scale: { type: 'integer', minimum: 0, maximum: 15 }, display_text: text },
    'unit',
    'display_text',
  ),
  if: { properties: { unit: { const: 'C62' } } },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then: { properties: { scale: { const: 0 } } },
};

const quantity = { type: 'integer', minimum: 1, maximum: MOST } as const;

const lineItem = object(
  {
    id: text,
    item: object(
      { id: text, title: text, price: amount, quantity_unit: unit, image_url: uri },
      'id',
      'title',
      'price',
    ),
    quantity,
    totals: { type: 'array', items: total },
    parent_id: text,
  },
  'id',
  'item',
  'quantity',
  'totals',
);

const said = { code: text, path: text, content: text, content_type: { enum: ['plain', 'markdown'] } };

const message = {
  oneOf: [
    object(
      {
        ...said,
        type: { const: 'error' },
        severity: { enum: ['recoverable', 'requires_buyer_input', 'requires_buyer_review', 'unrecoverable'] },
      },
      'type',
      'code',
      'content',
      'severity',
    ),
    object(
      { ...said, type: { const: 'warning' }, presentation: text, image_url: uri, url: uri },
      'type',
      'code',
      'content',
    ),
    object({ ...said, type: { const: 'info' } }, 'type', 'content'),
  ],
};

const context = object({
  address_country: text,
  address_region: text,
  postal_code: text,
  location: text,
  intent: text,
  language: text,
  currency: text,
  eligibility: { type: 'array', uniqueItems: true, items: domainName },
});

const envelope = (status: object) =>
  object({ version, status, capabilities: registry(entity), services: registry(entity) }, 'version');

/** A cart as an answer has it. */
const cart = object(
  {
    ucp: envelope({ enum: ['success', 'error'] }),
    id: text,
    line_items: { type: 'array', items: lineItem },
    context,
    signals: { type: 'object', propertyNames: domainName },
    attribution: { type: 'object', additionalProperties: text },
    buyer: object({ first_name: text, last_name: text, email: text, phone_number: text }),
    currency: text,
    totals,
    messages: { type: 'array', items: message },
    continue_url: uri,
    expires_at: { type: 'string', format: 'date-time' },
  },
  'ucp',
  'id',
  'line_items',
  'currency',
  'totals',
);

export const errorSchema = {
  ...object(
    {
      ucp: { ...envelope({ const: 'error' }), required: ['version', 'status'] },
      messages: { type: 'array', items: message, minItems: 1 },
      continue_url: uri,
    },
    'ucp',
    'messages',
  ),
  additionalProperties: false,
};

/** Exactly one of the two. */
export const answerSchema = { oneOf: [cart, errorSchema] };

const wantedLine = (fields: Record<string, object>) => ({
  ...object(
    { ...fields, item: object({ id: text, quantity_unit: unit }, 'id'), quantity },
    'item',
    'quantity',
  ),
});

const wanted = (line: object) =>
  object({ line_items: { type: 'array', items: line }, context }, 'line_items');

export const createSchema = wanted(wantedLine({}));
export const updateSchema = wanted(wantedLine({ id: text, parent_id: text }));

const service = {
  allOf: [
    entity,
    object({ transport: { enum: ['rest', 'mcp', 'a2a', 'embedded'] }, endpoint: uri }, 'transport'),
    {
      if: { properties: { transport: { const: 'rest' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
      then: { required: ['endpoint'] },
    },
  ],
};

const capability = { allOf: [entity, { required: ['schema'] }] };

export const profileSchema = object(
  {
    ucp: object(
      {
        version,
        status: { enum: ['success', 'error'] },
        services: registry(service),
        capabilities: registry(capability),
        payment_handlers: registry(entity),
        supported_versions: { type: 'object', propertyNames: version, additionalProperties: uri },
      },
      'version',
      'services',
      'payment_handlers',
    ),
    keys: { type: 'array', items: object({ kid: text, kty: text }, 'kid', 'kty') },
  },
  'ucp',
);
