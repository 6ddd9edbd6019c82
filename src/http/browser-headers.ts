import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Bearer tokens are no ambient credential, so any origin may call; cookies are never taken along
 * (behaviour C-11 for the headers).
 */
export const corsOptions: FastifyCorsOptions = {
  origin: '*',
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'accept-language',
    'emporix-tenant',
    'session-id',
    'saas-token',
    'x-total-count',
    'x-version',
  ],
  exposedHeaders: [
    'location',
    'x-total-count',
    'x-count',
    'x-request-id',
    'retry-after',
    'ratelimit',
    'etag',
    'version',
    'x-session-apps-looping',
    'x-session-apps-failed',
  ],
  maxAge: 600,
};

/** Scripts and styles come from this host only, and no site may frame it: Swagger UI is all that has any. */
export const helmetOptions: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'unsafe-inline'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  // Set by whatever terminates TLS.
  strictTransportSecurity: false,
};
