/** The part of a declared tenant that has names. */
interface Named {
  readonly name: string;
  readonly clients: readonly { readonly clientId: string }[];
  readonly sites: readonly { readonly code: string; readonly default: boolean }[];
  readonly customers: readonly { readonly email: string }[];
  readonly priceModels: readonly { readonly id: string; readonly default: boolean }[];
  readonly prices: readonly { readonly id: string }[];
  readonly discounts: readonly { readonly code: string }[];
}

/** A field of one entry of the file, which no other entry may repeat. */
interface Name {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

export interface Repeat {
  /** Below `tenants`. */
  readonly path: (string | number)[];
  readonly message: string;
}

/** What stands twice in a file would be loaded once, and nobody would know which of the two counts. */
export function repeatsIn(tenants: readonly Named[]): readonly Repeat[] {
  return namesOf(tenants).flatMap((names) => {
    const first = new Map<string, Name>();
    return names.flatMap((one) => {
      const earlier = first.get(one.name);
      if (earlier) return [{ path: one.path.slice(1), message: repeated(one, earlier) }];
      first.set(one.name, one);
      return [];
    });
  });
}

const repeated = ({ path, name }: Name, earlier: Name): string =>
  path.at(-1) === 'clientId' && path[1] !== earlier.path[1]
    ? `'${name}' is a client of another tenant: ${placeOf(earlier.path)}. A client id belongs to one tenant`
    : `is the same as ${placeOf(earlier.path)}`;

/** Lists of names, each of which is to be there once in its list. */
function namesOf(tenants: readonly Named[]): readonly Name[][] {
  const clients = tenants.flatMap((tenant, i) =>
    tenant.clients.map(({ clientId }, j) => ({
      path: ['tenants', i, 'clients', j, 'clientId'],
      name: clientId,
    })),
  );
  const tenantNames = tenants.map(({ name }, i) => ({ path: ['tenants', i, 'name'], name }));
  return [tenantNames, clients, ...tenants.flatMap(namesWithin)];
}

function namesWithin(tenant: Named, i: number): readonly Name[][] {
  const names = <T>(
    list: string,
    entries: readonly T[],
    field: string,
    nameOf: (entry: T) => string,
  ): Name[] => entries.map((entry, j) => ({ path: ['tenants', i, list, j, field], name: nameOf(entry) }));
  const { sites, customers, priceModels, prices, discounts } = tenant;
  return [
    names('sites', sites, 'code', ({ code }) => code),
    names('customers', customers, 'email', ({ email }) => email.toLowerCase()),
    names('priceModels', priceModels, 'id', ({ id }) => id),
    names('prices', prices, 'id', ({ id }) => id),
    names('discounts', discounts, 'code', ({ code }) => code.toUpperCase()),
    names('sites', sites, 'default', ({ code, default: isDefault }) =>
      isDefault ? 'default' : `not: ${code}`,
    ),
    names('priceModels', priceModels, 'default', ({ id, default: is }) => (is ? 'default' : `not: ${id}`)),
  ];
}

/** As zod writes a path: `tenants[0].clients[1].clientId` */
const placeOf = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`)).join('');
