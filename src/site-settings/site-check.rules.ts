import { type DomainError, InvalidInput, type Problem, TooLarge } from '../shared/domain-error.js';
import { depthOf, excessOf, isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import type { Site } from './site.types.js';

/** Of the JSON that a site carries for its tenant. */
export const SITE_LIMITS = {
  mixinNameCharacters: 256,
  depth: 32,
  /** All mixins, their schemas and services of a site together, as JSON in UTF-8. */
  bytes: 1024 * 1024,
  /** Of all of them together: patches that each add some must not pile up more than one body may bring. */
  values: 20_000,
} as const;

/**
 * What holds for a whole site; the form of single fields is checked by the DTOs.
 * @throws InvalidInput | TooLarge
 */
export function checked(site: Site): Site {
  const problem = carriedProblem(site);
  if (problem) throw problem;
  const problems = [
    ...languageProblems(site),
    ...defaultProblems(site),
    ...mixinProblems(site.mixins),
    ...schemaProblems(site.mixinSchemas),
  ];
  if (problems.length > 0) throw new InvalidInput(problems);
  return site;
}

/**
 * To be asked of a patch before it is merged.
 * @throws InvalidInput
 */
export function expectDepth(field: string, value: Json): void {
  if (depthOf(value, SITE_LIMITS.depth) > SITE_LIMITS.depth) throw tooDeep(field);
}

const tooDeep = (field: string): InvalidInput =>
  InvalidInput.of(field, `must not be nested deeper than ${SITE_LIMITS.depth} levels`);

/** Whether the JSON that a site carries can be kept, and answered as it came. */
function carriedProblem({ mixins, mixinSchemas, services }: Site): DomainError | undefined {
  const { depth, values } = SITE_LIMITS;
  const parts = { mixins, 'metadata.mixins': mixinSchemas, ...services };
  // The walk counts the object around the parts, too.
  const excess = excessOf(parts, { depth: depth + 1, values: values + 1 });
  if (excess === 'values') return new TooLarge(`mixins: the site would carry more than ${values} values`);
  if (excess === 'depth') {
    const [field = ''] = Object.entries(parts).find(([, part]) => depthOf(part, depth) > depth) ?? [];
    return tooDeep(field);
  }
  const bytes = Buffer.byteLength(JSON.stringify([mixins, mixinSchemas, services]));
  if (bytes <= SITE_LIMITS.bytes) return undefined;
  return new TooLarge(`mixins: the site would carry ${bytes} bytes, more than ${SITE_LIMITS.bytes}`);
}

function languageProblems({ languages, defaultLanguage }: Site): readonly Problem[] {
  if (languages.includes(defaultLanguage)) return [];
  return [{ field: 'languages', message: `must have the default language ${defaultLanguage} among them` }];
}

function defaultProblems(site: Site): readonly Problem[] {
  if (!site.default) return [];
  if (site.onlyForGroups) {
    return [
      { field: 'default', message: 'must be false: a site that is for some groups only is no default' },
    ];
  }
  if (site.active) return [];
  return [
    {
      field: 'active',
      message: 'must be true: the default site of a tenant, as its first one is, is active',
    },
  ];
}

function mixinProblems(mixins: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name in mixins) {
    const message = mixinProblem(name, mixins[name]);
    if (message !== undefined) problems.push({ field: `mixins.${name}`, message });
  }
  return problems;
}

function mixinProblem(name: string, data: unknown): string | undefined {
  if (name === '' || name.length > SITE_LIMITS.mixinNameCharacters || name.includes('\0')) {
    return `must have a name of 1 to ${SITE_LIMITS.mixinNameCharacters} characters, none of them NUL`;
  }
  return isJsonObject(data) ? undefined : 'must be an object';
}

function schemaProblems(schemas: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name in schemas) {
    if (typeof schemas[name] === 'string') continue;
    problems.push({ field: `metadata.mixins.${name}`, message: 'must be the URL of a schema, as text' });
  }
  return problems;
}
