import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Customer } from '../../customer/customer.types.js';
import { recipeOf } from '../../customer/passwords/stored-hash.rules.js';
import { loginEmail } from '../../shared/email.js';
import { count, jsonObject, maybe, text, time } from './fields.schema.js';

const mailedToken = { hash: text, expiresAt: time };
const kept = maybe(z.strictObject({ sessionId: text, grant: maybe(text) }));
const mixins = { mixins: jsonObject.default({}), mixinSchemas: maybe(jsonObject) };

const address = z.strictObject({
  id: text.min(1),
  contactName: maybe(text),
  companyName: maybe(text),
  street: maybe(text),
  streetNumber: maybe(text),
  streetAppendix: maybe(text),
  extraLine1: maybe(text),
  extraLine2: maybe(text),
  extraLine3: maybe(text),
  extraLine4: maybe(text),
  zipCode: maybe(text),
  city: maybe(text),
  country: maybe(text),
  state: maybe(text),
  contactPhone: maybe(text),
  tags: z.array(text).default([]),
  isDefault: z.boolean().default(false),
  ...mixins,
});

const emailChange = z.strictObject({ ...mailedToken, newEmail: text, syncContactEmail: z.boolean(), kept });
const emailUndo = z.strictObject({
  change: text,
  email: text,
  reservedUntil: time,
  token: maybe(z.strictObject(mailedToken)),
});

const passwordHash = text.refine((given) => recipeOf(given) !== undefined, {
  error: 'has no known form, or is too costly to check; docs/moving.md lists forms and limits',
});

const profile = {
  contactEmail: maybe(text),
  title: maybe(text),
  firstName: maybe(text),
  middleName: maybe(text),
  lastName: maybe(text),
  contactPhone: maybe(text),
  company: maybe(text),
  preferredLanguage: maybe(text),
  preferredCurrency: maybe(text),
  preferredSite: maybe(text),
  companyRegistrationId: maybe(text),
  type: maybe(text),
  photoUrl: maybe(text),
  restriction: maybe(text),
  groups: z.array(text).default([]),
  addresses: z.array(address).default([]),
  ...mixins,
};

/** Every field is listed, and no other is taken, so that none is lost on the way. */
const account = {
  passwordHash: maybe(passwordHash),
  initialPassword: maybe(z.literal(true)),
  legacyPassword: maybe(z.enum(['waiting', 'reminded'])),
  emailConfirmedAt: maybe(time),
  unconfirmed: maybe(z.literal(true)),
  inactive: maybe(z.literal(true)),
  onHold: maybe(z.literal(true)),
  optIn: maybe(z.strictObject(mailedToken)),
  passwordReset: maybe(z.strictObject(mailedToken)),
  emailChange: maybe(emailChange),
  emailUndos: maybe(z.array(emailUndo)),
  credentialChanges: maybe(z.strictObject({ ids: z.array(text), newestAt: time })),
  endingSessions: maybe(z.strictObject({ change: text, since: time, kept, blocked: maybe(z.literal(true)) })),
  signUpTold: maybe(z.strictObject({ signUp: text, at: time })),
};

/**
 * A customer of another installation, or one of another system, of whom only the tenant and the e-mail are needed. One
 * without an id gets one that follows from both, so that a repeated import finds it.
 * @param now when those without a date were made
 */
export const customerSchema = (now: Date): z.ZodType<Customer> =>
  z
    .strictObject({
      tenant: text,
      id: maybe(text.min(1)),
      email: z.email().max(320).or(text.includes('@')),
      ...account,
      ...profile,
      createdAt: time.default(now),
      lastLogin: maybe(time),
      version: count.default(1),
    })
    .transform((given) => {
      const email = loginEmail(given.email);
      return { ...given, email, id: given.id ?? idFor(given.tenant, email) };
    });

const idFor = (tenant: string, email: string): string =>
  hash('sha256', JSON.stringify([tenant, email]), 'hex').slice(0, 24);
