const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The part of an OpenAPI description that the reference shows. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, PathItem>>;
}

type Method = (typeof METHODS)[number];

/** `parameters` are those of all its operations. */
type PathItem = Readonly<Partial<Record<Method, Operation>>> & { readonly parameters?: readonly Parameter[] };

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Content>> };
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
}

interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly description?: string;
}

interface Content {
  readonly schema?: { readonly $ref?: string };
}

const INTRO = `# API reference

Every operation of the service, made from its [OpenAPI description](http://127.0.0.1:3000/openapi.json).
[Swagger UI](http://127.0.0.1:3000/docs) shows the fields of every body, and sends requests for you.
`;

/** The reference as a page of Markdown: a section for each tag, and in it each operation. */
export function apiPage({ paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return [{ name: `${method.toUpperCase()} ${path}`, operation: { ...operation, parameters } }];
    }),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other');
  const sections = [...byTag]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(
      ([tag, all]) => `## ${tag}\n\n${all.map(({ name, operation }) => section(name, operation)).join('\n')}`,
    );
  return [INTRO, ...sections].join('\n');
}

function section(
  name: string,
  { summary, description, parameters = [], requestBody, responses }: Operation,
): string {
  const rows = parameters.map(
    (one) =>
      `| \`${one.name}\` | ${one.in}${one.required ? ', required' : ''} | ${cell(one.description ?? '')} |`,
  );
  const schema = Object.values(requestBody?.content ?? {})[0]
    ?.schema?.$ref?.split('/')
    .at(-1);
  return [
    `### ${name}\n`,
    ...[summary, description].flatMap((text) => (text ? [`${escaped(text)}\n`] : [])),
    ...(rows.length > 0 ? [`| parameter | in | what |\n| --- | --- | --- |\n${rows.join('\n')}\n`] : []),
    ...(schema ? [`Body: \`${schema}\`.\n`] : []),
    ...Object.entries(responses ?? {}).map(
      ([status, one]) => `- **${status}** ${cell(one.description ?? '')}`,
    ),
    '',
  ].join('\n');
}

/** No markup, no start of a list. */
const escaped = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('{{', '{&#8203;{');
const cell = (text: string): string => escaped(text).replaceAll('\n', ' ').replaceAll('|', '\\|');
