import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { errorMediaType } from './error-bodies.js';
import {
  CodedErrorDto,
  FaultDto,
  FOR_SHOPPERS,
  KEEPS_NOTHING,
  NEVER_REFUSES,
  PlainErrorDto,
  ProblemDetailsDto,
  type RefusalStatus,
  TypedErrorDto,
  WHEN,
} from './refusals.js';

const PROBLEM = 'application/problem+json';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** By the first segment of the path, as `error-bodies.ts` shapes them. */
const BODIES: Readonly<Record<string, string>> = {
  'session-context': getSchemaPath(PlainErrorDto),
  customer: getSchemaPath(TypedErrorDto),
  customerlogin: getSchemaPath(TypedErrorDto),
  site: getSchemaPath(TypedErrorDto),
  oauth: getSchemaPath('OAuthErrorDto'),
};

/**
 * The refusals that a route gives for what stands before its controller: the guard, the parsers, the store. Said
 * here for all of them; what a route says of itself goes first.
 */
export function describeRefusals(path: string, operation: Operation): void {
  const service = path.split('/', 2)[1] ?? '';
  const hasProblems = errorMediaType(path).startsWith(PROBLEM);
  const body = hasProblems
    ? getSchemaPath(ProblemDetailsDto)
    : ((Object.hasOwn(BODIES, service) ? BODIES[service] : undefined) ?? getSchemaPath(CodedErrorDto));
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
    const hasFault = status === 401 && service !== 'oauth' && !hasProblems;
    const schema = { $ref: hasFault ? getSchemaPath(FaultDto) : body };
    operation.responses[status] = {
      ...own,
      description: own?.description || (isKnown(status) ? WHEN[status] : ''),
      content: { [hasProblems ? PROBLEM : 'application/json']: { schema } },
    };
  }
}

/** As `NeverRefuses` has put it. */
function neverGiven(operation: Operation): ReadonlySet<unknown> {
  const statuses = taken(operation, NEVER_REFUSES);
  return new Set(Array.isArray(statuses) ? statuses : []);
}

/** An extension that is only for us to read. */
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
    // What shoppers write is bounded for each address.
    ...(requestBody && isBudgeted ? [429] : []),
    503,
  ];
}
