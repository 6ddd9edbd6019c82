import { type DomainError, InvalidInput, type Problem, TooLarge } from '../shared/domain-error.js';
import { depthOf, isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import type { Site } from './site.types.js';

/** Of the JSON that a site carries for its tenant. */
export const SITE_LIMITS = {
  mixinNameCharacters: 256,
  depth: 32,
  /** All mixins, their schemas and services of a site together, as JSON in UTF-8. */
  bytes: 1024 * 1024,
} as const;

/**
 * What holds for a whole site; the form of single fields is checked by the DTOs.
 * @throws InvalidInput | TooLarge
 */
export function checked(site: Site): Site {
  expectJson('mixins', site.mixins);
  expectJson('metadata.mixins', site.mixinSchemas);
  for (const [name, part] of Object.entries(site.services)) expectJson(name, part);
  const tooLarge = sizeProblem(site);
  if (tooLarge) throw tooLarge;
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
 * Whether JSON from a caller can be kept, and answered as it came. To be asked before it is walked through.
 * @throws InvalidInput
 */
export function expectJson(field: string, value: Json): void {
  if (depthOf(value, SITE_LIMITS.depth) > SITE_LIMITS.depth) {
    throw InvalidInput.of(field, `must not be nested deeper than ${SITE_LIMITS.depth} levels`);
  }
}

function sizeProblem({ mixins, mixinSchemas, services }: Site): DomainError | undefined {
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
  return Object.entries(mixins).flatMap(([name, data]) => {
    const field = `mixins.${name}`;
    if (name === '' || name.length > SITE_LIMITS.mixinNameCharacters || name.includes('\0')) {
      const characters = `1 to ${SITE_LIMITS.mixinNameCharacters} characters, none of them NUL`;
      return [{ field, message: `must have a name of ${characters}` }];
    }
    return isJsonObject(data) ? [] : [{ field, message: 'must be an object' }];
  });
}

const schemaProblems = (schemas: JsonObject): readonly Problem[] =>
  Object.entries(schemas)
    .filter(([, url]) => typeof url !== 'string')
    .map(([name]) => ({ field: `metadata.mixins.${name}`, message: 'must be the URL of a schema, as text' }));
