import { z } from 'zod';
import type { VerifiedToken } from '../../auth/index.js';
import type { Session, Source } from '../../session/session.types.js';
import { isJsonObject } from '../../shared/json.js';
import { count, json, mapOf, maybe, text, time } from './fields.schema.js';

const SOURCES = [
  'site',
  'profile',
  'login-query',
  'login',
  'cart',
  'shopper',
  'employee',
  'agent',
  'handover',
] as const;

const source = z.union([
  z.enum(SOURCES),
  z.templateLiteral(['app:', z.string()]),
]) satisfies z.ZodType<Source>;
const sourced = <T extends z.ZodType>(value: T) => z.strictObject({ value, source, at: time });
const sourcedText = sourced(text);

const context = z.strictObject({
  siteCode: sourcedText,
  currency: sourcedText,
  targetLocation: sourcedText,
  language: sourcedText,
  cartId: maybe(sourcedText),
  customerId: maybe(sourcedText),
  attributes: mapOf(sourced(json)),
  version: count,
  createdAt: time,
  modifiedAt: time,
});

const refreshToken = {
  hash: text,
  issuedAt: time,
  expiresAt: time,
  grant: maybe(text),
  clientId: maybe(text),
};

const refreshTokens = z.strictObject({
  current: maybe(z.strictObject(refreshToken)),
  used: z.array(z.strictObject({ ...refreshToken, usedAt: time, salt: text, repeats: maybe(count) })),
});

const asked = z.strictObject({
  siteCode: maybe(text),
  currency: maybe(text),
  targetLocation: maybe(text),
  language: maybe(text),
});

const chosen = z.strictObject({
  siteCode: maybe(sourcedText),
  currency: maybe(sourcedText),
  targetLocation: maybe(sourcedText),
  language: maybe(sourcedText),
});

const verifiedToken = z.custom<VerifiedToken>(isJsonObject, 'must be an object');

const vtex = z.strictObject({
  publicValues: mapOf(sourced(json)),
  chosen,
  computed: mapOf(sourced(json)),
  seen: mapOf(z.string()),
  cookies: mapOf(z.strictObject({ hash: text, token: maybe(verifiedToken) })),
  failed: z.array(text),
  impersonation: maybe(z.strictObject({ clientId: text, endsAt: time })),
  heldUntil: time,
});

/** Every field is listed, and no other is taken, so that none is lost on the way. */
export const sessionSchema: z.ZodType<Session> = z.strictObject({
  tenant: text,
  sessionId: text.min(1),
  kind: z.enum(['anonymous', 'customer']),
  clientId: text,
  epoch: text,
  kept: maybe(z.strictObject({ grant: text })),
  revision: count,
  createdAt: time,
  lifetime: maybe(z.strictObject({ aliveUntil: time, goneAt: time })),
  refreshTokens,
  asked,
  customerId: maybe(text),
  legalEntityId: maybe(text),
  device: maybe(text),
  context: maybe(context),
  history: maybe(z.strictObject({ made: count, kept: count, bytes: count, lines: z.string() })),
  vtex: maybe(vtex),
});
