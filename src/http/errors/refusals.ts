import { applyDecorators } from '@nestjs/common';
import {
  ApiExtension,
  ApiProperty,
  ApiPropertyOptional,
  type ApiPropertyOptions,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { UcpErrorDto } from './ucp-errors.js';

class ProblemDto {
  @ApiPropertyOptional({ example: 'email', description: 'Path of the field.' })
  field?: string;

  @ApiProperty({ example: 'must be an e-mail' })
  message!: string;
}

const DETAILS: ApiPropertyOptions = {
  type: 'array',
  items: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(ProblemDto) }] },
  description: 'Each problem by its field, or the missing scope.',
};

/** Error body of `/customer`, `/customerlogin` and `/site` (behaviour W-44). */
export class TypedErrorDto {
  @ApiProperty({ example: 'bad_request' })
  type!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional(DETAILS)
  details?: readonly (string | ProblemDto)[];
}

/** Error body of `/cart`, `/price` and `/admin` (behaviour W-44). */
export class CodedErrorDto {
  @ApiProperty({ example: 400 })
  code!: number;

  @ApiProperty({ example: 'Bad Request' })
  status!: string;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional(DETAILS)
  details?: readonly (string | ProblemDto)[];
}

/** RFC 9457: the error body of the admin routes that no other API prescribes. */
export class ProblemDetailsDto {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'Not Found' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ description: 'What is wrong and what to do.' })
  detail!: string;

  @ApiPropertyOptional(DETAILS)
  errors?: readonly (string | ProblemDto)[];
}

/** Error body of `/session-context` (behaviour W-44). */
export class PlainErrorDto {
  @ApiProperty({ example: 400 })
  code!: number;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional(DETAILS)
  details?: readonly (string | ProblemDto)[];

  @ApiPropertyOptional({ description: 'Id of the session that was not found.' })
  sessionId?: string;
}

class FaultDetailDto {
  @ApiProperty({ example: 'oauth.v2.InvalidAccessToken' })
  errorcode!: string;
}

class FaultPartsDto {
  @ApiProperty({ example: 'Invalid access token' })
  faultstring!: string;

  @ApiProperty({ type: FaultDetailDto })
  detail!: FaultDetailDto;
}

/** Body of every 401 except OAuth's (behaviour W-43). */
export class FaultDto {
  @ApiProperty({ type: FaultPartsDto })
  fault!: FaultPartsDto;
}

export const WHEN = {
  400: 'A field is missing or wrong. The message names it.',
  401: 'The token is missing, unknown or expired, or its session has ended.',
  403: 'The token may not be used here: it is of another tenant or another kind of caller, or lacks the scope.',
  404: 'There is no such resource, or it is not yours.',
  409: 'The request conflicts with what is stored.',
  413: 'The body is larger than this service accepts.',
  415: 'The content type is not accepted here.',
  429: 'Too many requests. Retry-After tells how many seconds to wait.',
  503: 'The service or its store is busy or unavailable. Retry-After tells how many seconds to wait.',
} as const;

export type RefusalStatus = keyof typeof WHEN;

/** Models that the OpenAPI description must contain, whatever refers to them. */
export const REFUSAL_BODIES = [
  TypedErrorDto,
  CodedErrorDto,
  PlainErrorDto,
  ProblemDetailsDto,
  FaultDto,
  ProblemDto,
  UcpErrorDto,
] as const;

/** Describes refusals of this route alone. `described-refusals.ts` adds the body of its error family. */
export const Refused = (...statuses: readonly RefusalStatus[]): MethodDecorator & ClassDecorator =>
  applyDecorators(...statuses.map((status) => ApiResponse({ status, description: WHEN[status] })));

/** Read and removed again by `described-refusals.ts`. */
export const NEVER_REFUSES = 'x-never-refuses';

/**
 * Whether shoppers' tokens open a route, and whether the route stores nothing of its body. Read and removed likewise.
 */
export const FOR_SHOPPERS = 'x-for-shoppers';
export const KEEPS_NOTHING = 'x-keeps-nothing';

/**
 * Excludes refusals that are described for all similar routes but can't come from this one, for example because it
 * needs no store.
 */
export const NeverRefuses = (...statuses: readonly RefusalStatus[]): MethodDecorator & ClassDecorator =>
  ApiExtension(NEVER_REFUSES, statuses);
