import description from '../../../openapi/openapi.json' with { type: 'json' };

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  /** A reference that has its own description. */
  readonly allOf?: readonly Schema[];
  readonly example?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
  readonly schema?: Schema;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface Operation {
  /** Such as `GET /cart/{tenant}/carts/{cartId}`. */
  readonly label: string;
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  /** Ids in the path, such as `cartId`, without `tenant`. */
  readonly ids: readonly string[];
  /** The required query parameters, with the values of their examples. */
  readonly query: string;
  /** A body made from the examples of the description. */
  readonly body: unknown;
}

/** Returns every operation of the description. */
export function allOperations(): readonly Operation[] {
  const paths = Object.entries(description.paths as unknown as Record<string, Record<string, Described>>);
  return paths.flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [operationOf(method, path, item[method])] : [])),
  );
}

/** Returns the path to request. Unknown ids become `missing`. @param things ids by their names */
export function pathOf({ path, query }: Operation, things: Readonly<Record<string, string>>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, id: string) => encodeURIComponent(things[id] ?? 'missing'));
  return query === '' ? filled : `${filled}?${query}`;
}

function operationOf(method: Operation['method'], path: string, described: Described): Operation {
  const needed = (described.parameters ?? []).filter((one) => one.in === 'query' && one.required);
  const query = new URLSearchParams(
    Object.fromEntries(
      needed.map(({ name, example, schema }) => [name, String(example ?? exampleOf(schema ?? {}))]),
    ),
  );
  const schema = described.requestBody?.content['application/json']?.schema;
  return {
    label: `${method.toUpperCase()} ${path}`,
    method,
    path,
    ids: [...path.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id).filter((id) => id !== 'tenant'),
    query: String(query),
    body: schema && exampleOf(schema),
  };
}

function exampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.$ref) return exampleOf(named(schema.$ref));
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0]);
  if (schema.allOf?.[0]) return exampleOf(schema.allOf[0]);
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const needed = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
    return Object.fromEntries(needed.map(([name, property]) => [name, exampleOf(property)]));
  }
  if (schema.items) return [exampleOf(schema.items)];
  return { integer: 1, number: 1, boolean: true, object: {} }[String(schema.type)] ?? 'x';
}

function named(reference: string): Schema {
  const schemas = description.components.schemas as Record<string, Schema>;
  return schemas[reference.split('/').at(-1) ?? ''] ?? {};
}
