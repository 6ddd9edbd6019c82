import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isJsonObject, type Json } from '../../shared/json.js';
import { UCP_VERSION } from '../../shared/ucp.js';

class UcpStatusDto {
  @ApiProperty({ example: UCP_VERSION, description: 'Release of the protocol.' })
  version!: string;

  @ApiProperty({ enum: ['error'] })
  status!: string;
}

class UcpErrorMessageDto {
  @ApiProperty({ enum: ['error'] })
  type!: string;

  @ApiProperty({ example: 'not_found' })
  code!: string;

  @ApiPropertyOptional({ example: '$.line_items[0].quantity', description: 'Where, as a JSONPath.' })
  path?: string;

  @ApiProperty({ description: 'What is wrong and what to do.' })
  content!: string;

  @ApiProperty({ enum: ['recoverable', 'unrecoverable'] })
  severity!: string;
}

/** Error body of `/ucp`. */
export class UcpErrorDto {
  @ApiProperty({ type: UcpStatusDto })
  ucp!: UcpStatusDto;

  @ApiProperty({ type: [UcpErrorMessageDto] })
  messages!: UcpErrorMessageDto[];
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'insufficient_scope',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/** The same call may succeed later, or with another body. */
const RECOVERABLE: ReadonlySet<number> = new Set([400, 408, 409, 413, 415, 422, 429, 500, 503, 504]);

interface Failed {
  readonly status: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** One message for each problem of a field; otherwise one for the whole request. */
export function ucpErrorBody({ status, message, details }: Failed): Record<string, unknown> {
  const { code = CODES[status] ?? (status < 500 ? 'invalid_request' : 'internal_error') } = details;
  const severity = RECOVERABLE.has(status) ? 'recoverable' : 'unrecoverable';
  const error = (content: string, path?: string) => ({
    type: 'error',
    code: String(code),
    ...(path !== undefined && { path }),
    content,
    severity,
  });
  const all: readonly Json[] = Array.isArray(details['details']) ? details['details'] : [];
  const problems = all.flatMap((one) =>
    isJsonObject(one) ? [error(String(one['message']), pathOf(String(one['field'])))] : [],
  );
  const more = all.filter((one) => typeof one === 'string');
  return {
    ucp: { version: UCP_VERSION, status: 'error' },
    messages: problems.length > 0 ? problems : [error([message, ...more].join(': '))],
  };
}

/** Turns `line_items.0.quantity` into a path by RFC 9535. */
function pathOf(field: string): string {
  const steps = field.split('.').map((step) => {
    if (/^\d{1,6}$/.test(step)) return `[${Number(step)}]`;
    return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${quoted(step)}]`;
  });
  return `$${steps.join('')}`;
}

const quoted = (name: string): string => `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
