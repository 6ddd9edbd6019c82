import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { isJsonObject } from '../../shared/json.js';
import { NESTED, NESTED_LIST } from './nested.decorator.js';
import { RAW } from './raw.decorator.js';

/** What a field of a DTO may hold, according to its decorators. */
export type FieldShape =
  | { readonly kind: 'raw' }
  | { readonly kind: 'plain'; readonly longest: number }
  | { readonly kind: 'list'; readonly most: number; readonly longest: number }
  | { readonly kind: 'nested'; readonly type: () => Type<object> }
  | { readonly kind: 'nestedList'; readonly type: () => Type<object>; readonly most: number };

export type Shape = ReadonlyMap<string, FieldShape>;

/** Limits for strings and lists that declare none of their own. */
const LONGEST_TEXT = 64 * 1024;
const LONGEST_LIST = 1000;

const SHAPES = new WeakMap<Type<object>, Shape>();

/** Returns every field that the class lists. A field without a class-validator decorator is not listed. */
export function shapeOf(type: Type<object>): Shape {
  const known = SHAPES.get(type);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  const shape = new Map(
    [...names].map(
      (name) => [name, fieldOf(rules.filter(({ propertyName }) => propertyName === name))] as const,
    ),
  );
  SHAPES.set(type, shape);
  return shape;
}

interface Rule {
  readonly name?: string;
  readonly each: boolean;
  readonly constraints: readonly unknown[];
}

function fieldOf(rules: readonly Rule[]): FieldShape {
  const rule = (wanted: string): Rule | undefined => rules.find(({ name }) => name === wanted);
  if (rule(RAW)) return { kind: 'raw' };
  const nested = typeIn(rule(NESTED));
  if (nested) return { kind: 'nested', type: nested };
  const list = rule(NESTED_LIST);
  const listed = typeIn(list);
  if (listed) return { kind: 'nestedList', type: listed, most: Number(list?.constraints[1]) };
  const longest = bound(rule('maxLength'), LONGEST_TEXT);
  if (!rule('isArray') && !rules.some(({ each }) => each)) return { kind: 'plain', longest };
  return { kind: 'list', most: bound(rule('arrayMaxSize'), LONGEST_LIST), longest };
}

const bound = (rule: Rule | undefined, otherwise: number): number =>
  Number(rule?.constraints[0] ?? otherwise);

function typeIn(rule: Rule | undefined): (() => Type<object>) | undefined {
  const type = rule?.constraints[0];
  return isTypeFunction(type) ? type : undefined;
}

const isTypeFunction = (value: unknown): value is () => Type<object> => typeof value === 'function';

/**
 * Returns what is wrong with the kind and size of a value. This comes before class-transformer and class-validator,
 * which copy and check whatever they find. The validators deal with a value that is absent or null.
 */
export function misfitOf(field: FieldShape, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  switch (field.kind) {
    case 'raw':
      return undefined;
    case 'plain':
      return plainProblem(value, field.longest);
    case 'list':
      // In a query, a list is a string, which a transformer splits later.
      return Array.isArray(value) ? listProblem(value, field) : plainProblem(value, LONGEST_TEXT);
    case 'nested':
      return isJsonObject(value) ? undefined : 'must be an object';
    case 'nestedList':
      if (!Array.isArray(value)) return 'must be a list';
      if (value.length > field.most) return tooMany(field.most);
      return value.every(isJsonObject) ? undefined : 'must be a list of objects';
  }
}

function plainProblem(value: unknown, longest: number): string | undefined {
  if (Array.isArray(value)) return 'must be one value, not a list';
  if (typeof value === 'object') return 'must be a plain value, not an object';
  return isTooLong(value, longest) ? tooLong(longest) : undefined;
}

function listProblem(
  values: readonly unknown[],
  { most, longest }: { readonly most: number; readonly longest: number },
): string | undefined {
  if (values.length > most) return tooMany(most);
  if (values.some((value) => typeof value === 'object' && value !== null))
    return 'must be a list of plain values';
  return values.some((value) => isTooLong(value, longest)) ? tooLong(longest) : undefined;
}

/** Validators look at every character, some of them more than once. */
const isTooLong = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length > longest;

const tooMany = (most: number): string => `must have at most ${most} entries`;
const tooLong = (longest: number): string => `must have at most ${longest} characters`;
