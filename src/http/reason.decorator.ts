import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../shared/domain-error.js';

const HEADER = 'x-reason';
const LONGEST_REASON = 500;
/** No control characters and no half of a surrogate pair: it is shown to people, and kept. */
const READABLE = /^[^\p{Cc}\p{Cs}]+$/u;

/**
 * Returns why an employee does this, from the header `X-Reason`.
 * @returns undefined without the header
 * @throws InvalidInput
 */
export function reasonOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers[HEADER];
  if (header === undefined) return undefined;
  // Node reads headers as Latin-1, browsers and curl send UTF-8.
  const reason = Buffer.from(String(header), 'latin1').toString('utf8').trim();
  if (!READABLE.test(reason) || reason.length > LONGEST_REASON)
    throw InvalidInput.of('X-Reason', `must have 1 to ${LONGEST_REASON} characters, all of them printable`);
  return reason;
}

/** The reason in the header `X-Reason`, or undefined. */
export const Reason = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  reasonOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The header, in the description of a route that changes something. */
export const REASON_HEADER = {
  name: 'X-Reason',
  in: 'header',
  required: false,
  description: `Why you do this, in 1 to ${LONGEST_REASON} characters. Kept in the audit log.`,
  schema: { type: 'string', minLength: 1, maxLength: LONGEST_REASON },
  example: 'Customer called: cart is in the wrong currency',
} as const;
