/** The names in a declared tenant. */
interface Named {
  readonly name: string;
  readonly clients: readonly { readonly clientId: string }[];
  readonly sites: readonly { readonly code: string; readonly default: boolean }[];
  readonly customers: readonly { readonly email: string }[];
  readonly priceModels: readonly { readonly id: string; readonly default: boolean }[];
  readonly prices: readonly { readonly id: string }[];
  readonly discounts: readonly { readonly code: string }[];
}

/** A value in the file that must not be repeated in its list. */
interface Name {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

export interface Repeat {
  /** Path below `tenants`. */
  readonly path: (string | number)[];
  readonly message: string;
}

/** Finds repeated names. Only one of two such entries would be loaded, and nobody could tell which. */
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

/** Returns lists of names. Each name may be in its list only once. */
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

/** Writes a path as zod does: `tenants[0].clients[1].clientId`. */
const placeOf = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`)).join('');
