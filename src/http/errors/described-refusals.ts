import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { errorFamily } from './error-bodies.js';
import {
  FaultDto,
  FOR_SHOPPERS,
  KEEPS_NOTHING,
  NEVER_REFUSES,
  type RefusalStatus,
  WHEN,
} from './refusals.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/**
 * Describes the refusals that come from in front of a controller: from the guard, the parsers and the store. What a
 * route declares itself takes precedence.
 */
export function describeRefusals(path: string, operation: Operation): void {
  const { schema: body, mediaType, hasFaults } = errorFamily(path);
  const never = neverGiven(operation);
  const keepsNothing = taken(operation, KEEPS_NOTHING) === true;
  const isBudgeted = taken(operation, FOR_SHOPPERS) === true && !keepsNothing;
  const named = Object.keys(operation.responses)
    .map(Number)
    .filter((status) => status >= 400);
  for (const status of new Set([...refusalsOf(path, operation, isBudgeted), ...named])) {
    if (never.has(status)) {
      Reflect.deleteProperty(operation.responses, status);
      continue;
    }
    const own = operation.responses[status];
    if (own && ('$ref' in own || own.content)) continue;
    const schema = { $ref: getSchemaPath(status === 401 && hasFaults ? FaultDto : body) };
    operation.responses[status] = {
      ...own,
      description: own?.description || (isKnown(status) ? WHEN[status] : ''),
      content: { [mediaType]: { schema } },
    };
  }
}

/** Returns the statuses that `NeverRefuses` excludes. */
function neverGiven(operation: Operation): ReadonlySet<unknown> {
  const statuses = taken(operation, NEVER_REFUSES);
  return new Set(Array.isArray(statuses) ? statuses : []);
}

/** Reads and removes an extension that only this project reads. */
function taken(operation: Operation, name: string): unknown {
  const value: unknown = Reflect.get(operation, name);
  Reflect.deleteProperty(operation, name);
  return value;
}

const isKnown = (status: number): status is RefusalStatus => Object.hasOwn(WHEN, status);

function refusalsOf(
  path: string,
  { security, requestBody, parameters = [] }: Operation,
  isBudgeted: boolean,
): readonly number[] {
  const takesInput = path.includes('{') || requestBody !== undefined || parameters.length > 0;
  return [
    ...(takesInput ? [400] : []),
    ...(security && security.length > 0 ? [401, 403] : []),
    // The credential is in the query.
    ...(path.startsWith('/customerlogin/') ? [401] : []),
    ...(path.replace('{tenant}', '').includes('{') ? [404] : []),
    ...(requestBody ? [413, 415] : []),
    // What shoppers write is limited per address.
    ...(requestBody && isBudgeted ? [429] : []),
    503,
  ];
}
