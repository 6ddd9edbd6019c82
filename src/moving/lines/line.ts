import { z } from 'zod';
import type { SigningKeyRecord } from '../../auth/keys/signing-key.repository.js';
import type { Customer } from '../../customer/customer.types.js';
import type { Session } from '../../session/session.types.js';
import { schemaWords } from '../../shared/schema-words.js';
import type { Counts, MovedCart } from '../moved.types.js';
import { cartSchema } from './cart.schema.js';
import { customerSchema } from './customer.schema.js';
import { count, text, time } from './fields.schema.js';
import { sessionSchema } from './session.schema.js';

/** Increase this when older versions would misread an export. */
const FORMAT = 1;

const HEAD = 'onesession-export';

/** How a file of the export begins. Files that people write need no such line. */
export const BEGINNING = `{"record":"${HEAD}"`;

export type Line =
  | { readonly kind: typeof HEAD }
  | { readonly kind: 'signingKey'; readonly key: SigningKeyRecord }
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'cart'; readonly moved: MovedCart }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'end'; readonly counts: Counts };

/** A line is not what `docs/moving.md` describes. */
export class UnusableLine extends Error {}

const headSchema = z.looseObject({ format: z.int().min(1).max(FORMAT) });
const keySchema = z.strictObject({ kid: text, publicJwk: text, encryptedPrivateJwk: text, createdAt: time });
const endSchema = z.strictObject({
  counts: z.strictObject({ signingKey: count, customer: count, cart: count, session: count }),
});

export const headLine = (version: string, tenants: readonly string[], madeAt: Date): string =>
  written(HEAD, { format: FORMAT, version, madeAt, tenants });
export const keyLine = (key: SigningKeyRecord): string => written('signingKey', key);
export const customerLine = (customer: Customer): string => written('customer', customer);
export const cartLine = ({ cart, holdsSlot }: MovedCart): string => written('cart', { ...cart, holdsSlot });
export const sessionLine = (session: Session): string => written('session', session);
export const endLine = (counts: Counts): string => written('end', { counts });

/** A Map becomes a list of pairs, because its keys may be any text. */
const written = (record: Line['kind'], fields: object): string =>
  `${JSON.stringify({ record, ...fields }, (_key, value: unknown) => (value instanceof Map ? [...value] : value))}\n`;

/** @throws UnusableLine - it quotes no value, because a line holds personal data */
export function readLine(line: string, now: Date): Line {
  const { record: kind, ...fields } = parsed(line);
  switch (kind) {
    case HEAD:
      checked(headSchema, fields);
      return { kind: HEAD };
    case 'signingKey':
      return { kind, key: checked(keySchema, fields) };
    case 'customer':
      return { kind, customer: checked(customerSchema(now), fields) };
    case 'cart':
      return { kind, moved: checked(cartSchema, fields) };
    case 'session':
      return { kind, session: checked(sessionSchema, fields) };
    case 'end':
      return { kind, ...checked(endSchema, fields) };
    default:
      throw new UnusableLine('record: is unknown');
  }
}

function parsed(line: string): { readonly record?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Reported below without the parser's message, which would quote the line.
  }
  throw new UnusableLine('it is not a JSON object');
}

function checked<T>(schema: z.ZodType<T>, record: unknown): T {
  const { data, error } = schema.safeParse(record, schemaWords);
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new UnusableLine(`${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}
