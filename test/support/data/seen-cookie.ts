import type { SeenCookie } from '../../../src/session/session.types.js';

/** A cookie that proves the customer `anna`. */
export const aSeenCookie = (): SeenCookie => ({
  hash: 'of the cookie',
  token: {
    kid: 'key',
    claims: {
      token_use: 'customer',
      iss: 'http://onesession.test',
      sub: 'anna',
      client_id: 'acme-storefront',
      tenant: 'acme',
      scope: 'tenant=acme',
      sid: 'a session',
      epoch: 'an epoch',
      grant: 'a grant',
      iat: 1,
      exp: 2,
      jti: 'one',
    },
  },
});
