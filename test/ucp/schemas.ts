import {
  amount,
  domainName,
  metadata,
  MOST,
  object,
  signedAmount,
  text,
  texts,
  uri,
  whenType,
} from './schema-parts.js';

/**
 * What bodies of the Universal Commerce Protocol must look like, release 2026-08-25 (https://ucp.dev), in the words of
 * this project. They refuse what the published schemas refuse, and allow further fields where those do.
 */
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
      object({
        lines: {
          type: 'array',
          items: object({ display_text: text, amount: signedAmount }, 'display_text', 'amount'),
        },
      }),
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
    {
      unit: text,
      scale: { type: 'integer', minimum: 0, maximum: 15 },
      display_text: text,
      increment: { type: 'integer', minimum: 1 },
    },
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

const told = { code: text, path: text, content: text, content_type: { enum: ['plain', 'markdown'] } };

const message = {
  oneOf: [
    object(
      {
        ...told,
        type: { const: 'error' },
        severity: { enum: ['recoverable', 'requires_buyer_input', 'requires_buyer_review', 'unrecoverable'] },
      },
      'type',
      'code',
      'content',
      'severity',
    ),
    object(
      { ...told, type: { const: 'warning' }, presentation: text, image_url: uri, url: uri },
      'type',
      'code',
      'content',
    ),
    object({ ...told, type: { const: 'info' } }, 'type', 'content'),
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
  payment: { type: 'array', items: object({ handler: domainName, types: texts }, 'handler') },
});

/** What an agent says beside the lines, and reads again. */
const said = {
  context,
  signals: {
    ...object({ 'dev.ucp.buyer_ip': text, 'dev.ucp.user_agent': text }),
    propertyNames: domainName,
  },
  attribution: { type: 'object', additionalProperties: text },
  buyer: object({ first_name: text, last_name: text, email: text, phone_number: text }),
};

const envelope = (status: object) => object({ ...metadata, status }, 'version');

const actions = {
  type: 'object',
  propertyNames: domainName,
  additionalProperties: {
    type: 'array',
    minItems: 1,
    items: object({ id: { ...text, minLength: 1 }, config: { type: 'object' } }, 'id'),
  },
};

const policy = object(
  {
    type: domainName,
    description: { ...object({ plain: text, html: text, markdown: text }), minProperties: 1 },
    applies_to: texts,
    url: uri,
  },
  'type',
  'description',
);

/** A cart as an answer has it. */
const cart = object(
  {
    ucp: envelope({ enum: ['success', 'error'] }),
    id: text,
    line_items: { type: 'array', items: lineItem },
    ...said,
    currency: text,
    totals,
    actions,
    links: { type: 'array', items: object({ type: text, url: uri, title: text }, 'type', 'url') },
    policies: { type: 'array', items: policy },
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
  object({ line_items: { type: 'array', items: line }, ...said }, 'line_items');

export const createSchema = wanted(wantedLine({}));
export const updateSchema = wanted(wantedLine({ id: text, parent_id: text }));
