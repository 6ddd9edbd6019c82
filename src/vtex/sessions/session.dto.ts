import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { MayBeLeftOut } from '../../http/input/validation.pipe.js';
import type { Json } from '../../shared/json.js';

export const ANY_JSON = ['string', 'number', 'boolean', 'array', 'object', 'null'].map((type) => ({ type }));

const namesOf = (description: string, example: string) => ({
  description: `${description} Separated by commas; absent if there are none.`,
  schema: { type: 'string' as const, example },
});

export const CHANGE_HEADERS = {
  'X-Session-Inputs-Ignored': namesOf(
    'Inputs that the built-in apps cannot use: `public.country` that is not an ISO 3166-1 code, ' +
      '`public.geoCoordinates` that are not `longitude,latitude` in degrees or are sent without a country, ' +
      '`public.postalCode` with more than 10 letters and digits, `public.regionId` that names no region, ' +
      '`public.cultureInfo`, `public.locale` or `public.admin_cultureInfo` that is not a language tag, `public.sc` that this shopper may ' +
      'not use, `public.storeUserEmail` that is not an e-mail address. From an employee who may impersonate: ' +
      '`vtex-impersonated-customer-email` that names nobody, or whose impersonation has ended, and ' +
      '`public.vtex-impersonation-minutes` that are not between 1 and 480.',
    'public.geoCoordinates',
  ),
  'X-Session-Inputs-Missing': namesOf(
    'Inputs that are missing: `public.vtex-impersonation-reason` from an employee whose tenant requires a ' +
      'reason.',
    'public.vtex-impersonation-reason',
  ),
  'X-Session-Apps-Failed': namesOf('Apps that failed, so that their values stay as they were.', 'banner'),
  'X-Session-Apps-Looping': namesOf(
    'Apps that were stopped because they keep changing what they watch.',
    'banner',
  ),
};

/** All other fields of a body are ignored (W-64). */
@MayBeLeftOut()
export class ChangeSessionDto {
  @ApiPropertyOptional({
    type: 'object',
    description: 'Values to set, by key. Each is an object with `value`; an empty one removes the value.',
    additionalProperties: {
      type: 'object',
      anyOf: [{ required: ['value'] }, { maxProperties: 0 }],
      properties: {
        value: {
          oneOf: ANY_JSON,
          description:
            'Any JSON of at most 64 KiB and 32 levels, returned as it was sent; null removes the value. ' +
            'Apps read a text as it is, and anything else as its JSON text.',
        },
      },
    },
    example: { utm_campaign: { value: 'black friday' }, country: { value: 'USA' } },
  })
  @Raw()
  @OptionalField()
  public?: unknown;
}

class ShownValueDto {
  @ApiProperty({
    oneOf: ANY_JSON,
    example: 'EUR',
    description: 'The value: a text, or other JSON if the shopper or an app set that.',
  })
  value!: Json;

  @ApiPropertyOptional({ description: 'Present on values that survive when a session is emptied.' })
  keepAlive?: boolean;
}

type NamespacesDto = Readonly<Record<string, Readonly<Record<string, ShownValueDto>>>>;

const SESSION_ID = { description: 'Id of the session.', example: '26d2cb6c-213e-4936-9e2a-1d1e299ec33b' };
const namespaces = (description?: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: {
        value: { oneOf: ANY_JSON, description: 'A text, or other JSON if the shopper or an app set that.' },
      },
    },
  },
  example: { store: { channel: { value: 'main' } }, public: { utm_source: { value: 'google' } } },
  ...(description !== undefined && { description }),
});

export class SessionTokensDto {
  @ApiPropertyOptional({ ...SESSION_ID, description: 'Id of the session. Present if the query has `items`.' })
  id?: string;

  @ApiProperty({ description: 'Opens this session: protect it like a password.' })
  sessionToken!: string;

  @ApiProperty({
    description:
      'The commercial conditions of the session. Shoppers with equal conditions have equal tokens.',
  })
  segmentToken!: string;

  @ApiPropertyOptional(
    namespaces('Values that `items` names, after the change. Present if the query has `items`.'),
  )
  namespaces?: NamespacesDto;
}

export class SessionDto {
  @ApiProperty(SESSION_ID)
  id!: string;

  @ApiProperty(namespaces('Values that `items` names, by namespace and key.'))
  namespaces!: NamespacesDto;

  @ApiProperty({ example: 1, description: 'Version of the session; grows with each saved change.' })
  version!: number;

  @ApiProperty({ example: true, description: 'Always true.' })
  active!: boolean;

  @ApiProperty({ example: false, description: 'Always false.' })
  debug!: boolean;
}
