/** The platforms whose clients this service serves. Each consists of a session layer and much more. */
export type Platform = 'emporix' | 'vtex';

/** A part of a platform that this service does not have. */
export interface Family {
  readonly platform: Platform;
  /** How its paths begin: `/product`, `/api/checkout`. */
  readonly prefix: string;
}

/**
 * First segments of Emporix services, as its public API references name them, except those served here.
 * `docs/clients.md` lists them (test: documents.spec.ts).
 */
export const EMPORIX_FAMILIES: readonly string[] = paths(
  '/',
  'ai-service approval availability brand brands catalog category checkout configuration country coupon currency',
  'customer-segment fee iam import indexing indexing-service invoice label labels media order',
  'order-v2 payment-gateway pick-pack product quote return reward-points schema search sepa-export sequential-id',
  'shipping shoppinglist tax unit-handling vendor webhook',
);

/**
 * Prefixes as VTEX' public API references name them. `/api/vtexid` is missing because it is the login: a shopper who
 * logs in here logs in to this service.
 */
export const VTEX_FAMILIES: readonly string[] = [
  ...paths(
    '/api/',
    'addresses catalog catalog-seller-portal catalog_system checkout cms creditcontrol dataentities events',
    'gatewayproxy giftcardhub giftcards headless-cms intelligent-search io license-manager logistics',
    'logistics-shipping message-center oms orders payments policy-engine portal pricing pricing-hub profile-system',
    'recommend-bff reviews-and-ratings rnb rns search storage suggestions task vlm',
  ),
  ...paths('/', '_v arquivos buscaautocomplete files no-cache'),
];

function paths(before: string, ...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' ')).map((name) => `${before}${name}`);
}

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ...familiesOf('emporix', EMPORIX_FAMILIES),
  ...familiesOf('vtex', VTEX_FAMILIES),
]);

function familiesOf(platform: Platform, prefixes: readonly string[]): readonly (readonly [string, Family])[] {
  return prefixes.map((prefix) => [prefix, { platform, prefix }]);
}

/** @param target of a request, as it was sent */
export function familyOf(target: string): Family | undefined {
  const [, first = '', second = ''] = pathIn(target).split('/', 3);
  return FAMILIES.get(first === 'api' ? `/api/${second}` : `/${first}`);
}

/** Removes scheme and host from a whole URL (RFC 9112 section 3.2.2). That host is ignored. */
export const withoutHost = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');

/** @returns the path of a request target, without its query */
export const pathIn = (target: string): string => withoutHost(target).split(/[?#]/, 1)[0] ?? '';

/** @param path of an Emporix family: `/product/acme/products` */
export const tenantIn = (path: string): string => path.split(/[/?]/, 3)[2] ?? '';

const NAMES: Readonly<Record<Platform, string>> = { emporix: 'Emporix', vtex: 'VTEX' };

/** @param page with more information, if it can be reached */
export function notServedHere({ platform, prefix }: Family, page: string | undefined): string {
  const setting = `UPSTREAM_${platform.toUpperCase()}`;
  const more = page === undefined ? 'docs/clients.md of onesession' : page;
  return (
    `${prefix} belongs to ${NAMES[platform]}, and this service is only the session layer. ` +
    `To pass such requests on, set ${setting}. See ${more}`
  );
}
