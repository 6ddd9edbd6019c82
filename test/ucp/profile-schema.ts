import { capability, metadata, object, registry, service, text, uri, version } from './schema-parts.js';

/** Where a business serves. Only an embedded one has no address of its own. */
const bindingOf = (transport: string) => ({
  if: { properties: { transport: { const: transport } } },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then: { required: ['endpoint'] },
});

const binding = { allOf: [service, ...['rest', 'mcp', 'a2a'].map(bindingOf)] };

const algorithmOf = (crv: string, alg: string) => ({
  if: { properties: { crv: { const: crv } }, required: ['crv'] },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then: { properties: { alg: { const: alg } } },
});

const coordinatesOf = (kty: string, ...required: readonly string[]) => ({
  if: { properties: { kty: { const: kty } }, required: ['kty'] },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
  then: { required },
});

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const publicKey = {
  ...object({ kid: text, kty: text, crv: text, x: text, y: text, alg: text, use: text }, 'kid', 'kty'),
  allOf: [
    coordinatesOf('EC', 'crv', 'x', 'y'),
    coordinatesOf('OKP', 'crv', 'x'),
    algorithmOf('P-256', 'ES256'),
    algorithmOf('P-384', 'ES384'),
    algorithmOf('Ed25519', 'EdDSA'),
  ],
  not: { anyOf: PRIVATE.map((name) => ({ required: [name] })) },
};

/** What `/.well-known/ucp` answers. */
export const profileSchema = object(
  {
    ucp: object(
      {
        ...metadata,
        status: { enum: ['success', 'error'] },
        services: registry(binding),
        capabilities: registry({ allOf: [capability, { required: ['schema'] }] }),
        supported_versions: { type: 'object', propertyNames: version, additionalProperties: uri },
      },
      'version',
      'services',
      'payment_handlers',
    ),
    keys: { type: 'array', items: publicKey },
  },
  'ucp',
);
