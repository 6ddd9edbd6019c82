import { UCP_VERSION } from '../shared/ucp.js';

const PAGES = `https://ucp.dev/${UCP_VERSION}`;
const SHOPPING = 'dev.ucp.shopping';
export const CART = 'dev.ucp.shopping.cart';

/** What a business can do, for agents that discover it. There are no payments, and nothing is signed. */
export const profileOf = (endpoint: string) => ({
  ucp: {
    version: UCP_VERSION,
    services: {
      [SHOPPING]: [
        {
          version: UCP_VERSION,
          spec: `${PAGES}/specification/overview/`,
          transport: 'rest',
          schema: `${PAGES}/services/shopping/rest.openapi.json`,
          endpoint,
        },
      ],
    },
    capabilities: {
      [CART]: [
        {
          version: UCP_VERSION,
          spec: `${PAGES}/specification/cart/`,
          schema: `${PAGES}/schemas/shopping/cart.json`,
        },
      ],
    },
    payment_handlers: {},
  },
});

interface HostSettings {
  readonly ISSUER: string;
  readonly UCP_HOSTS?: ReadonlyMap<string, string> | undefined;
  readonly UCP_DEFAULT_TENANT?: string | undefined;
}

/**
 * Returns where the tenant of a host is served. Only a host name from the settings becomes part of the address: a
 * caller must not choose it.
 * @returns undefined if the host is nobody's
 */
export function endpointAt(hostname: string, settings: HostSettings): string | undefined {
  const { ISSUER, UCP_HOSTS, UCP_DEFAULT_TENANT } = settings;
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const own = UCP_HOSTS?.get(host);
  if (own !== undefined) return `https://${host}/ucp/${own}`;
  return UCP_DEFAULT_TENANT === undefined ? undefined : `${ISSUER}/ucp/${UCP_DEFAULT_TENANT}`;
}
