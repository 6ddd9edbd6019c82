import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { Raw } from '../../../http/input/raw.decorator.js';
import { isJsonObject } from '../../../shared/json.js';
import type { Coordinates, Parameters } from '../../vtex-settings.types.js';

/** Ids are used in paths and, separated by commas, in segments. */
export const ENTRY_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
export const WRONG_ID = 'must be 1 to 100 letters, digits, _ . and -, beginning with a letter or a digit';

/** Ids of regions may be any text, because they come from other systems, such as `U1cjc2VsbGVyMQ==` (F-61). */
export const REGION_ID = /^[^\p{Cc}\p{Cs}]{1,100}$/u;
export const WRONG_REGION_ID = 'must be 1 to 100 characters, without control characters';

export const COUNTRY = 'must be an ISO 3166-1 alpha-3 country code in capitals, such as BRA';

const MOST_ITEMS = 200;

export const IsEntryId = (): PropertyDecorator => Matches(ENTRY_ID, { message: WRONG_ID });

export const Ids = (example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], example: [example], maxItems: MOST_ITEMS }),
    IsArray(),
    ArrayMaxSize(MOST_ITEMS),
    Matches(ENTRY_ID, { each: true, message: `each ${WRONG_ID}` }),
  );

export const Text = (): PropertyDecorator => applyDecorators(IsString(), MaxLength(256));

const isParameters = (value: unknown): value is Parameters =>
  isJsonObject(value) &&
  Object.values(value).every((keys) => Array.isArray(keys) && keys.every((key) => typeof key === 'string'));

/** Accepts `{namespace: [keys]}`. The rules check the names. */
export const IsParameters = (): PropertyDecorator =>
  applyDecorators(
    Raw(),
    ValidateBy({
      name: 'isParameters',
      validator: {
        validate: isParameters,
        defaultMessage: () => 'must be {namespace: [keys]}',
      },
    }),
  );

const isPoint = (value: unknown): value is Coordinates =>
  Array.isArray(value) && value.length === 2 && value.every((degrees) => typeof degrees === 'number');

const isPolygons = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= MOST_ITEMS &&
  value.every((polygon) => Array.isArray(polygon) && polygon.every(isPoint));

export const IsPolygons = (): PropertyDecorator =>
  applyDecorators(
    Raw(),
    ValidateBy({
      name: 'isPolygons',
      validator: {
        validate: isPolygons,
        defaultMessage: () => 'must be a list of polygons, each a list of corners [longitude, latitude]',
      },
    }),
  );
