import { applyDecorators } from '@nestjs/common';
import {
  ApiExtension,
  ApiProperty,
  ApiPropertyOptional,
  type ApiPropertyOptions,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

class ProblemDto {
  @ApiPropertyOptional({ example: 'email', description: 'path of the field' })
  field?: string;

  @ApiProperty({ example: 'must be an e-mail' })
  message!: string;
}

const DETAILS: ApiPropertyOptions = {
  type: 'array',
  items: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(ProblemDto) }] },
  description: 'each problem by its field, or the scope that is missing',
};

/** The error body of `/customer`, `/customerlogin` and `/site` (behaviour W-44). */
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

/** The error body of `/cart`, `/price` and `/admin` (behaviour W-44). */
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

/** RFC 9457: the error body of `/admin/{tenant}/customers`. */
export class ProblemDetailsDto {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'Not Found' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ description: 'what is wrong, and what to do' })
  detail!: string;

  @ApiPropertyOptional(DETAILS)
  errors?: readonly (string | ProblemDto)[];
}

/** The error body of `/session-context` (behaviour W-44). */
export class PlainErrorDto {
  @ApiProperty({ example: 400 })
  code!: number;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional(DETAILS)
  details?: readonly (string | ProblemDto)[];

  @ApiPropertyOptional({ description: 'of the session that was not found' })
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

/** The body of every 401 but OAuth's (behaviour W-43). */
export class FaultDto {
  @ApiProperty({ type: FaultPartsDto })
  fault!: FaultPartsDto;
}

export const WHEN = {
  400: 'a field is missing or wrong; the message names it',
  401: 'the token is missing, unknown, expired or ended',
  403: 'the token may not be used here: another tenant, another kind of caller, or no scope for it',
  404: 'there is no such thing, or it is not yours',
  409: 'it does not go together with what is there',
  413: 'the body is larger than this service takes',
  415: 'the content type is not taken here',
  429: 'too many; Retry-After says for how many seconds',
  503: 'the store does not answer at the moment; Retry-After',
} as const;

export type RefusalStatus = keyof typeof WHEN;

/** What the description must have, whatever else refers to it. */
export const REFUSAL_BODIES = [
  TypedErrorDto,
  CodedErrorDto,
  PlainErrorDto,
  ProblemDetailsDto,
  FaultDto,
  ProblemDto,
] as const;

/** Describes refusals that only this route can give; `described-refusals.ts` adds the body of its error family. */
export const Refused = (...statuses: readonly RefusalStatus[]): MethodDecorator & ClassDecorator =>
  applyDecorators(...statuses.map((status) => ApiResponse({ status, description: WHEN[status] })));

/** Read and taken out again by `described-refusals.ts`. */
export const NEVER_REFUSES = 'x-never-refuses';

/** Whether shoppers' tokens open a route, and whether it keeps nothing of its body. Read and taken out as well. */
export const FOR_SHOPPERS = 'x-for-shoppers';
export const KEEPS_NOTHING = 'x-keeps-nothing';

/** Of a route that can't give what is described for all that look like it: one that needs no store, say. */
export const NeverRefuses = (...statuses: readonly RefusalStatus[]): MethodDecorator & ClassDecorator =>
  ApiExtension(NEVER_REFUSES, statuses);
