import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { MayBeLeftOut } from '../../http/input/validation.pipe.js';
import type { Json } from '../../shared/json.js';

export const ANY_JSON = ['string', 'number', 'boolean', 'array', 'object', 'null'].map((type) => ({ type }));

const namesOf = (description: string, example: string) => ({
  description: `${description}, separated by commas; absent when there are none`,
  schema: { type: 'string' as const, example },
});

export const CHANGE_HEADERS = {
  'X-Session-Inputs-Ignored': namesOf(
    'inputs that the built-in apps can do nothing with: `public.country` that is no ISO 3166-1 code, ' +
      '`public.geoCoordinates` that are not `longitude,latitude` in degrees or come without a country, ' +
      '`public.postalCode` with more than 10 letters and digits, `public.regionId` that names no region, ' +
      '`public.cultureInfo` or `public.locale` that is no language tag, `public.sc` that this shopper may not use, ' +
      '`public.storeUserEmail` that is no e-mail address; from an employee who may impersonate, ' +
      '`vtex-impersonated-customer-email` that names nobody, or whose impersonation has ended, and ' +
      '`public.vtex-impersonation-minutes` that are not between 1 and 480',
    'public.geoCoordinates',
  ),
  'X-Session-Inputs-Missing': namesOf(
    'inputs that are wanting: `public.vtex-impersonation-reason` of an employee whose tenant insists on a reason',
    'public.vtex-impersonation-reason',
  ),
  'X-Session-Apps-Failed': namesOf(
    'apps that did not answer, so that their values stay as they were',
    'banner',
  ),
  'X-Session-Apps-Looping': namesOf('apps that were stopped because they change what they watch', 'banner'),
};

/** Whatever else a body has is ignored (W-64). */
@MayBeLeftOut()
export class ChangeSessionDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: {
        value: {
          oneOf: ANY_JSON,
          description:
            'any JSON, up to 64 KiB and 32 levels deep, given back as it came; null takes the value away. Apps read a ' +
            'text as it is, and anything else as its JSON text',
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
  @ApiProperty({ oneOf: ANY_JSON, example: 'EUR', description: 'any JSON under `public`, else a text' })
  value!: Json;

  @ApiPropertyOptional({ description: 'set by the service on what survives the emptying of a session' })
  keepAlive?: boolean;
}

type NamespacesDto = Readonly<Record<string, Readonly<Record<string, ShownValueDto>>>>;

const SESSION_ID = { example: '26d2cb6c-213e-4936-9e2a-1d1e299ec33b' };
const namespaces = (description?: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: { value: { oneOf: ANY_JSON, description: 'any JSON under `public`, else a text' } },
    },
  },
  example: { store: { channel: { value: 'main' } }, public: { utm_source: { value: 'google' } } },
  ...(description !== undefined && { description }),
});

export class SessionTokensDto {
  @ApiPropertyOptional({ ...SESSION_ID, description: 'if the query has `items`' })
  id?: string;

  @ApiProperty({ description: 'opens one session: keep it like a password' })
  sessionToken!: string;

  @ApiProperty({ description: 'the commercial conditions; the same for all shoppers who have the same' })
  segmentToken!: string;

  @ApiPropertyOptional(namespaces('if the query has `items`: what it names, after the change'))
  namespaces?: NamespacesDto;
}

export class SessionDto {
  @ApiProperty(SESSION_ID)
  id!: string;

  @ApiProperty(namespaces())
  namespaces!: NamespacesDto;

  @ApiProperty({ example: 1, description: 'grows with each saved change' })
  version!: number;

  @ApiProperty({ example: true })
  active!: boolean;

  @ApiProperty({ example: false })
  debug!: boolean;
}
