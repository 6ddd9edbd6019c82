import { z } from 'zod';
import { KNOWN_SCOPES } from '../auth/tokens/scopes.rules.js';
import { MOST_SECONDS } from '../config/settings/values.js';
import { problemsOfTargetUrl } from '../http/upstream/target-url.rules.js';
import { isCountry, isCurrency, isLanguage } from '../shared/iso/codes.js';
import { keySetSchema } from '../shared/jwk/key-set.js';
import { MAX_AMOUNT } from '../shared/money.js';
import { TENANT_PATTERN } from '../shared/tenant.js';
import { priceModelSchema, priceSchema } from './price.schema.js';
import { repeatsIn } from './unique.rules.js';
import { vtexSchema } from './vtex.schema.js';

const currency = z.string().refine(isCurrency, 'must be a currency code of ISO 4217');
const country = z.string().refine(isCountry, 'must be a country code of ISO 3166-1 alpha-2');
const language = z.string().refine(isLanguage, 'must be a language tag of BCP 47');
const text = z.string().min(1).max(200);

const NO_CREDENTIAL =
  'is missing: a backend needs a secret, or public keys in jwks or at its jwksUri, to authenticate with';

/** Keys that somebody could exchange on the way would open everything. */
const keySetAddress = z
  .string()
  .refine(
    (url) => problemsOfTargetUrl('jwksUri', url).length === 0 && url.startsWith('https:'),
    'must be an https address without a user, a password or a #part',
  );

const client = z.discriminatedUnion('kind', [
  z.strictObject({ clientId: text, kind: z.literal('storefront') }),
  z
    .strictObject({
      clientId: text,
      kind: z.literal('backend'),
      secret: z.string().min(16).optional(),
      jwks: keySetSchema.optional(),
      jwksUri: keySetAddress.optional(),
      email: z.email().optional(),
      scopes: z.array(z.enum(KNOWN_SCOPES)).min(1),
    })
    .superRefine(({ secret, jwks, jwksUri }, context) => {
      if (secret === undefined && !jwks && jwksUri === undefined)
        context.addIssue({ code: 'custom', path: ['secret'], message: NO_CREDENTIAL });
      if (jwks && jwksUri !== undefined)
        context.addIssue({ code: 'custom', path: ['jwksUri'], message: 'must be left out if jwks is given' });
    }),
]);

const address = z.strictObject({
  contactName: text.optional(),
  companyName: text.optional(),
  street: text.optional(),
  streetNumber: text.optional(),
  zipCode: text.optional(),
  city: text.optional(),
  country: country.optional(),
  state: text.optional(),
  contactPhone: text.optional(),
  tags: z.array(text).default([]),
  isDefault: z.boolean().default(false),
});

const site = z.strictObject({
  code: z.string().regex(/^[^\s#]+$/),
  name: text,
  active: z.boolean().default(true),
  default: z.boolean().default(false),
  includesTax: z.boolean().optional(),
  defaultLanguage: language,
  languages: z.array(language).min(1),
  currency,
  availableCurrencies: z.array(currency).default([]),
  homeBase: z.strictObject({
    address: z.strictObject({
      country,
      zipCode: text.optional(),
      city: text.optional(),
      street: text.optional(),
    }),
  }),
  shipToCountries: z.array(country).default([]),
  taxDeterminationBasedOn: z.enum(['BILLING_ADDRESS', 'SHIPPING_ADDRESS']).default('BILLING_ADDRESS'),
  onlyForGroups: z.array(text).optional(),
});

const customer = z.strictObject({
  email: z.email(),
  password: z.string().min(8).max(128),
  title: text.optional(),
  firstName: text.optional(),
  lastName: text.optional(),
  company: text.optional(),
  preferredSite: text.optional(),
  preferredCurrency: currency.optional(),
  preferredLanguage: language.optional(),
  groups: z.array(text).default([]),
  addresses: z.array(address).default([]),
});

const amount = z.number().min(0).max(MAX_AMOUNT);
const moment = z.iso.datetime({ offset: true }).transform((at) => new Date(at));

/** The rules that link its fields are checked by `declaredCode`, as for codes that are declared over HTTP. */
const discount = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9][\w.-]{0,149}$/),
  name: text.optional(),
  percent: z.number().min(0).max(100).optional(),
  amount: amount.optional(),
  currency: currency.optional(),
  siteCodes: z.array(text).min(1).optional(),
  from: moment.optional(),
  to: moment.optional(),
  minimumOrderValue: amount.optional(),
  stackable: z.boolean().optional(),
});

/** Seconds, within the limits of the settings that this overrides. */
const seconds = z.number().int().min(0).max(MOST_SECONDS);

const vtexSettings = z.strictObject({
  allowedOrigins: z
    .array(
      z
        .string()
        .refine(
          (origin) => URL.parse(origin)?.origin === origin,
          'must be an origin such as https://shop.example',
        ),
    )
    .optional(),
  crossSiteCookies: z.boolean().optional(),
  hidesPhoneAndDocument: z.boolean().optional(),
  priceTablesNeedProof: z.boolean().optional(),
  impersonationNeedsReason: z.boolean().optional(),
});
const mailedUrl = z
  .string()
  .regex(/^https?:\/\/.*\{token\}/, 'must be an http or https URL that contains {token}');

/** A fragment would get lost, because the token goes there. A user name could make the address look like another. */
const pageAddress = z.url({ protocol: /^https?$/ }).refine((page) => {
  const { hash, username, password } = new URL(page);
  return hash === '' && username === '' && password === '';
}, 'must be an http or https address without fragment, user name or password');

export const tenantSettingsSchema = z.strictObject({
  anonymousLifetimeSeconds: seconds.min(1).optional(),
  anonymousDormantSeconds: seconds.optional(),
  doubleOptIn: z.boolean().optional(),
  hidesExistingAccounts: z.boolean().optional(),
  historyOmitsAttributeValues: z.boolean().optional(),
  eventsWithAttributeValues: z.boolean().optional(),
  mail: z
    .strictObject({
      from: z.email().optional(),
      optInUrl: mailedUrl.optional(),
      passwordResetUrl: mailedUrl.optional(),
      emailChangeUrl: mailedUrl.optional(),
      emailChangeUndoUrl: mailedUrl.optional(),
      passwordForgottenUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .optional(),
  handover: z.strictObject({ pageUrl: pageAddress.optional(), shopUrl: pageAddress.optional() }).optional(),
  cartAtLogin: z.enum(['keep', 'merge', 'useExisting', 'useSession']).optional(),
  cartPrices: z.enum(['checked', 'given']).optional(),
  vtex: vtexSettings.optional(),
  identityProviders: z
    .array(
      z.strictObject({
        config: text.default('default'),
        issuer: z.url(),
        jwksUri: z.url({ protocol: /^https?$/ }),
        audience: text,
      }),
    )
    .optional(),
});

/** A tenant with this name would have the paths of `/admin/tenants`. */
const RESERVED_NAME = 'tenants';

const tenant = z.strictObject({
  name: z
    .string()
    .regex(TENANT_PATTERN, 'must be 3 to 16 lower case letters and digits')
    .refine((name) => name !== RESERVED_NAME, 'is reserved: choose another name'),
  settings: tenantSettingsSchema.default({}),
  clients: z.array(client).default([]),
  sites: z.array(site).default([]),
  customers: z.array(customer).default([]),
  priceModels: z.array(priceModelSchema).default([]),
  prices: z.array(priceSchema).default([]),
  discounts: z.array(discount).default([]),
  vtex: vtexSchema.optional(),
});

export type DeclaredTenant = z.infer<typeof tenant>;

/** What `BOOTSTRAP_FILE` declares. An unknown key is an error, so that a typo is noticed. */
export const bootstrapSchema = z.strictObject({
  /** Whether the secrets and passwords in the file are published. Such a file is refused when `NODE_ENV=production`. */
  demo: z.boolean().default(false),
  tenants: z.array(tenant).superRefine((tenants, ctx) => {
    for (const repeat of repeatsIn(tenants)) ctx.addIssue({ code: 'custom', ...repeat });
  }),
});

export type Bootstrap = z.infer<typeof bootstrapSchema>;
