import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  validateSync,
} from 'class-validator';
import { describe, expect, it } from 'vitest';
import { IsCurrency, IsNoDotSegment } from './fields.decorator.js';
import { Nested, NestedList } from './nested.decorator.js';
import { ruleMessages } from './rule-messages.js';

class LineDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(4)
  site: unknown = 'main';

  @IsNumber()
  @Min(0)
  @Max(10)
  amount: unknown = 1;

  @IsInt()
  @Min(1)
  version: unknown = 1;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(2)
  @IsString({ each: true })
  tags: unknown = ['a'];

  @IsIn(['a', 'b'])
  kind: unknown = 'a';

  @IsCurrency()
  currency: unknown = 'EUR';

  @IsNoDotSegment()
  @Matches(/^\S*$/, { message: 'must not have white space' })
  code: unknown = 'main';

  @Nested(() => LineDto)
  place: unknown = {};

  @NestedList(() => LineDto, { max: 1 })
  places: unknown = [];

  @IsDefined({ message: 'must have the version' })
  @Nested(() => LineDto)
  metadata: unknown = {};
}

const told = (name: keyof LineDto, value: unknown): readonly string[] => {
  const line = Object.assign(new LineDto(), { [name]: value });
  return validateSync(line).flatMap(({ property, constraints }) =>
    ruleMessages(property, constraints ?? {}, value),
  );
};

describe('What a caller is told about a field', () => {
  it.each<[keyof LineDto, unknown]>([
    ['site', undefined],
    ['site', null],
    ['amount', undefined],
    ['version', null],
    ['tags', undefined],
    ['code', undefined],
    ['place', undefined],
    ['places', null],
  ])('is that %s is missing, where it is %s', (name, value) => {
    expect(told(name, value)).toEqual(['is missing']);
  });

  it('is which values it may have, where it has a choice', () => {
    const choice = ['must be one of the following values: a, b'];
    expect(told('kind', undefined)).toEqual(choice);
    expect(told('kind', 'c')).toEqual(choice);
    expect(told('currency', undefined)).toEqual(['must be an ISO 4217 currency code, such as EUR']);
  });

  it('is what to send, where the field says so', () => {
    expect(told('metadata', undefined)).toEqual(['must have the version']);
    expect(told('metadata', 5)).toEqual(['must be an object']);
  });

  it.each<[keyof LineDto, unknown, string]>([
    ['site', 5, 'must be a string'],
    ['amount', '1', 'must be a number'],
    ['version', '1', 'must be a whole number'],
    ['version', 1.5, 'must be a whole number'],
    ['tags', 'a', 'must be a list'],
    ['tags', [1], 'each entry must be a string'],
  ])('is of which kind %s must be, and nothing about its size: %j', (name, value, message) => {
    expect(told(name, value)).toEqual([message]);
  });

  it.each<[keyof LineDto, unknown, string]>([
    ['site', '', 'must not be empty'],
    ['site', 'longer', 'must have at most 4 characters'],
    ['amount', -1, 'must be at least 0'],
    ['version', 0, 'must be at least 1'],
    ['amount', 11, 'must be at most 10'],
    ['tags', [], 'must not be empty'],
    ['tags', ['a', 'b', 'c'], 'must have at most 2 entries'],
    ['code', '..', 'must not be . or .., which no path can name'],
    ['code', 'a b', 'must not have white space'],
  ])('is the bound that %s is beyond: %j', (name, value, message) => {
    expect(told(name, value)).toEqual([message]);
  });
});
