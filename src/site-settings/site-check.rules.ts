import { type DomainError, InvalidInput, type Problem, TooLarge } from '../shared/domain-error.js';
import { isDotSegment } from '../shared/ids.js';
import { depthOf, excessOf, isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import type { Site } from './site.types.js';

/** Limits for the JSON that a tenant stores with a site. */
export const SITE_LIMITS = {
  mixinNameCharacters: 256,
  depth: 32,
  /** Size of all mixins, schemas and services of a site together, as JSON, in bytes of UTF-8. */
  bytes: 1024 * 1024,
  /**
   * Number of values in all of them together, so that many patches can't add up to more than one body may have
   * (X-01).
   */
  values: 20_000,
} as const;

/**
 * Checks the rules for a whole site. The DTOs check the format of single fields.
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
 * Checks a patch before it is merged.
 * @throws InvalidInput
 */
export function expectDepth(field: string, value: Json): void {
  if (depthOf(value, SITE_LIMITS.depth) > SITE_LIMITS.depth) throw tooDeep(field);
}

const tooDeep = (field: string): InvalidInput =>
  InvalidInput.of(field, `must not be nested deeper than ${SITE_LIMITS.depth} levels`);

/** Returns why the JSON of a site can't be stored and returned unchanged. */
function carriedProblem({ mixins, mixinSchemas, services }: Site): DomainError | undefined {
  const { depth, values } = SITE_LIMITS;
  const parts = { mixins, 'metadata.mixins': mixinSchemas, ...services };
  // The limits include the object around the parts.
  const excess = excessOf(parts, { depth: depth + 1, values: values + 1 });
  if (excess === 'values') return new TooLarge(`mixins: the site would have more than ${values} values`);
  if (excess === 'depth') {
    const [field = ''] = Object.entries(parts).find(([, part]) => depthOf(part, depth) > depth) ?? [];
    return tooDeep(field);
  }
  const bytes = Buffer.byteLength(JSON.stringify([mixins, mixinSchemas, services]));
  if (bytes <= SITE_LIMITS.bytes) return undefined;
  return new TooLarge(
    `mixins: the site would have ${bytes} bytes of mixins and services: the maximum is ${SITE_LIMITS.bytes}`,
  );
}

function languageProblems({ languages, defaultLanguage }: Site): readonly Problem[] {
  if (languages.includes(defaultLanguage)) return [];
  return [{ field: 'languages', message: `must include the default language ${defaultLanguage}` }];
}

function defaultProblems(site: Site): readonly Problem[] {
  if (!site.default) return [];
  if (site.onlyForGroups) {
    return [
      {
        field: 'default',
        message: 'must be false: a site that is restricted to groups cannot be the default',
      },
    ];
  }
  if (site.active) return [];
  return [
    {
      field: 'active',
      message: 'must be true: the default site, which the first site always is, must be active',
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
    return `must have a name of 1 to ${SITE_LIMITS.mixinNameCharacters} characters, without NUL`;
  }
  if (isDotSegment(name)) return 'must not have the name . or .., which no path can name';
  return isJsonObject(data) ? undefined : 'must be an object';
}

function schemaProblems(schemas: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name in schemas) {
    if (typeof schemas[name] === 'string') continue;
    problems.push({ field: `metadata.mixins.${name}`, message: 'must be a text: the URL of a schema' });
  }
  return problems;
}
