import description from '../../../openapi/openapi.json' with { type: 'json' };

export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export interface WorstBody {
  readonly name: string;
  readonly text: string;
}

/** A little below the default of BODY_MAX_VALUES: the rest of the body has values too. */
const MOST_VALUES = 19_500;

/** A body of about `bytes`, whatever it is asked for, and what stands in for a value within one. */
const FILLINGS: Readonly<Record<string, (bytes: number) => string>> = {
  'empty objects': (bytes) => `[${repeated('{}', bytes)}]`,
  'empty objects, as many as may be': (bytes) => `[${repeated('{}', Math.min(bytes, 3 * MOST_VALUES))}]`,
  'lists of lists': (bytes) => `[${repeated('[[],[]]', Math.min(bytes, 8 * Math.floor(MOST_VALUES / 3)))}]`,
  'deep lists': (bytes) =>
    `${'['.repeat(30)}${repeated('[]', Math.min(bytes, 3 * (MOST_VALUES - 30)))}${']'.repeat(30)}`,
  'deeper than may be': (bytes) => '['.repeat(bytes),
  'one long key': (bytes) => `{"${'k'.repeat(bytes)}":1}`,
  'many short keys': (bytes) =>
    `{${numbered((n) => `"${n.toString(36)}":${n}`, Math.min(bytes / 12, MOST_VALUES))}}`,
  'objects with a key of their own': (bytes) =>
    `[${numbered((n) => `{"${n.toString(36)}":1}`, Math.min(bytes / 12, MOST_VALUES / 2))}]`,
  'entries that look right': (bytes) =>
    `[${repeated('{"id":"x","quantity":1,"key":"k","value":{}}', Math.min(bytes, 44 * Math.floor(MOST_VALUES / 5)))}]`,
  'a long text': (bytes) => `"${'x'.repeat(bytes)}"`,
  'a text of escapes': (bytes) => `"${'\\u0001'.repeat(bytes / 6)}"`,
  'long numbers': (bytes) => `[${repeated('0.10000000000000001', Math.min(bytes, 20 * MOST_VALUES))}]`,
  'a huge number': (bytes) => '9'.repeat(bytes),
  'texts with dots and at-signs': (bytes) => `"${'a.@-'.repeat(bytes / 4)}"`,
};

/** The values that replace a field, one of each kind. Each is also sent as the whole body. */
const IN_FIELDS: Readonly<Record<'short' | 'full', readonly string[]>> = {
  short: ['many short keys'],
  full: [
    'empty objects, as many as may be',
    'objects with a key of their own',
    'many short keys',
    'entries that look right',
    'long numbers',
    'a long text',
    'texts with dots and at-signs',
  ],
};

const repeated = (part: string, bytes: number): string =>
  `${`${part},`.repeat(Math.max(0, Math.floor(bytes / (part.length + 1)) - 1))}${part}`;

const numbered = (part: (n: number) => string, count: number): string =>
  Array.from({ length: Math.floor(count) }, (_, n) => part(n)).join(',');

/**
 * The worst bodies of one operation: each filling as the whole body, and in the place of each field that the
 * description names, however deep, the others being as in the example.
 */
export function* worstBodies(
  schema: Schema,
  example: unknown,
  { bytes, form }: { readonly bytes: number; readonly form: 'short' | 'full' },
): Generator<WorstBody> {
  const all = Object.entries(FILLINGS);
  for (const [name, fill] of all) yield { name, text: fill(bytes) };
  yield* longLists(schema, example, bytes);
  // Of these there are many: the short form asks only how each field is refused.
  const within = form === 'short' ? bytes / 4 : bytes;
  for (const path of fieldPaths(schema)) {
    for (const [name, fill] of all.filter(([one]) => IN_FIELDS[form].includes(one))) {
      yield { name: `${path.join('.')}: ${name}`, text: placed(example, path, fill(within)) };
    }
  }
}

/** Of entries as they should be: as many as some lists take, and as many as there is room for. */
function* longLists(schema: Schema, example: unknown, bytes: number): Generator<WorstBody> {
  for (const path of [[], ...fieldPaths(schema)]) {
    const list = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), example);
    if (!Array.isArray(list) || list.length === 0) continue;
    const entry = JSON.stringify(list[0]);
    for (const count of [200, Math.floor(bytes / (entry.length + 1))]) {
      const filling = `[${Array.from({ length: count }, () => entry).join(',')}]`;
      if (filling.length <= bytes) {
        yield { name: `${path.join('.')}: ${count} good entries`, text: placed(example, path, filling) };
      }
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const MARK = '\u0007here\u0007';

/** @param path whose `0` is the first entry of a list */
function placed(example: unknown, path: readonly string[], filling: string): string {
  const body: unknown = structuredClone(example ?? {});
  const root = { body };
  let at: Record<string, unknown> = root;
  let name = 'body';
  for (const part of path) {
    const next = at[name];
    const within = typeof next === 'object' && next !== null ? next : part === '0' ? [] : {};
    at[name] = within;
    at = within as Record<string, unknown>;
    name = part;
  }
  at[name] = MARK;
  return JSON.stringify(root.body).replace(JSON.stringify(MARK), () => filling);
}

function fieldPaths(schema: Schema, path: readonly string[] = []): readonly (readonly string[])[] {
  if (path.length > 5) return [];
  const known = resolved(schema);
  const own = path.length > 0 ? [path] : [];
  const within = Object.entries(known.properties ?? {}).flatMap(([name, member]) =>
    fieldPaths(member, [...path, name]),
  );
  return [...own, ...within, ...(known.items ? fieldPaths(known.items, [...path, '0']) : [])];
}

function resolved(schema: Schema): Schema {
  if (schema.$ref) {
    const schemas = description.components.schemas as Record<string, Schema>;
    return resolved(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  }
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  return first ? resolved(first) : schema;
}

/** What an operation takes as JSON. */
export function bodySchemaOf(method: string, path: string): Schema | undefined {
  const paths = description.paths as unknown as Record<
    string,
    Record<
      string,
      { readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> } }
    >
  >;
  return paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
}
