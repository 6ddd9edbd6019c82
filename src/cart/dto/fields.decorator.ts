import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { IsCountry, PLAIN_TEXT } from '../../http/input/fields.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.js';
import { MAX_AMOUNT } from '../../shared/money.js';

const MAX_JSON_BYTES = 64 * 1024;
const MAX_STRING = 2048;

/** Accepts an optional text. null and the empty string count as absent. */
export const OptionalText = (maxLength: number): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }) => (value === null || value === '' ? undefined : value)),
    IsString(),
    MaxLength(maxLength),
    Matches(PLAIN_TEXT, { message: '$property must not contain control characters' }),
  );

/** Accepts an optional ISO 3166-1 alpha-2 country code in upper or lower case. */
export const OptionalCountry = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }) => (typeof value === 'string' ? value.toUpperCase() : (value ?? undefined))),
    IsCountry(),
  );

export const IsAmount = (): PropertyDecorator => applyDecorators(IsNumber(), Min(0), Max(MAX_AMOUNT));

interface Members {
  /** Members that must be text if they are present. */
  readonly texts?: readonly string[];
  readonly numbers?: readonly string[];
  readonly needed?: readonly string[];
}

/** Accepts optional JSON data of the client, exactly as it was parsed, including keys such as `__proto__` (D-14). */
export const JsonData = (members: Members = {}): PropertyDecorator =>
  jsonField('jsonData', (value) => jsonProblem(value, members));

/** Accepts an optional list of JSON objects. @param problemOf returns what is wrong with a member */
export const JsonList = (
  maxLength: number,
  problemOf: (member: JsonObject) => string | undefined,
): PropertyDecorator =>
  jsonField('jsonList', (value) => {
    if (!Array.isArray(value) || value.length > maxLength)
      return `must be a list of at most ${maxLength} objects`;
    return value
      .map((member) => jsonProblem(member, {}) ?? problemOf(member))
      .find((problem) => problem !== undefined);
  });

const jsonField = (name: string, problemOf: (value: unknown) => string | undefined): PropertyDecorator =>
  applyDecorators(
    Raw(),
    IsOptional(),
    Transform(({ value }) => value ?? undefined),
    ValidateBy({
      name,
      validator: {
        validate: (value: unknown) => problemOf(value) === undefined,
        defaultMessage: (args) => problemOf(args?.value) ?? '',
      },
    }),
  );

function jsonProblem(value: unknown, { texts = [], numbers = [], needed = [] }: Members): string | undefined {
  if (!isJsonObject(value)) return 'must be a JSON object';
  const missing = needed.find((name) => value[name] === undefined);
  if (missing !== undefined) return `must have ${missing}`;
  const text = texts.find((name) => value[name] !== undefined && !isText(value[name]));
  if (text !== undefined) return `must have ${text} as a text of at most ${MAX_STRING} characters`;
  const number = numbers.find((name) => value[name] !== undefined && !isAmount(value[name]));
  if (number !== undefined) return `must have ${number} as a number from 0 to ${MAX_AMOUNT}`;
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_JSON_BYTES)
    return `must have at most ${MAX_JSON_BYTES} bytes`;
  return hasNulInKey(value) ? 'must not have NUL in its keys' : undefined;
}

export const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= MAX_STRING;

export const isAmount = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= MAX_AMOUNT;

/** NUL is not allowed in keys, because BSON ends a key there. */
function hasNulInKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.includes('\0') || hasNulInKey(member));
}

/** Returns the fields that were sent. */
export const toJson = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
