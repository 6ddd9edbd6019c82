import type { AppDeclaration } from '../vtex-settings.types.js';

/**
 * The built-in apps by the namespace of their outputs. Every tenant has them, except impersonate, which must be
 * installed (M-53).
 */
export const BUILT_IN_APPS = {
  // M-30
  store: {
    name: 'vtex.store-session',
    runOnCreate: true,
    input: { public: ['cultureInfo', 'sc', 'locale'], profile: ['email', 'isAuthenticated'] },
    output: { store: ['channel', 'countryCode', 'cultureInfo', 'currencyCode', 'currencySymbol'] },
  },
  // M-37
  authentication: {
    name: 'vtex.authentication-session',
    runOnCreate: false,
    input: { cookie: ['VtexIdclientAutCookie', 'VtexIdclientAutCookie_.*'] },
    output: { authentication: ['adminUserId', 'adminUserEmail', 'storeUserId', 'storeUserEmail'] },
  },
  // M-41
  profile: {
    name: 'vtex.profile-session',
    runOnCreate: false,
    input: { public: ['storeUserEmail'], authentication: ['storeUserId'], impersonate: ['storeUserId'] },
    output: {
      profile: [
        'id',
        'email',
        'firstName',
        'lastName',
        'phone',
        'document',
        'priceTables',
        'isAuthenticated',
      ],
    },
  },
  // M-46
  rnb: {
    name: 'vtex.rnb-session',
    runOnCreate: false,
    input: { profile: ['email'], public: ['utm_source', 'utm_campaign', 'postalCode'] },
    output: { rnb: ['campaigns'] },
  },
  // M-48
  checkout: {
    name: 'vtex.checkout-session',
    runOnCreate: false,
    input: { public: ['regionId', 'country', 'postalCode', 'geoCoordinates'] },
    output: { checkout: ['regionId', 'cartId'] },
  },
  // M-52
  impersonate: {
    name: 'vtex.impersonate-session',
    runOnCreate: false,
    input: {
      public: ['vtex-impersonated-customer-email'],
      cookie: ['vtex-impersonated-customer-email'],
      authentication: ['adminUserEmail'],
    },
    output: { impersonate: ['storeUserId', 'storeUserEmail', 'canImpersonate', 'account'] },
  },
} as const satisfies Record<string, AppDeclaration>;

export type BuiltInApp = keyof typeof BUILT_IN_APPS;
