import type { FastifyRequest } from 'fastify';
import type { LimitName } from './limits.rules.js';

export const LIMITED_METADATA = 'onesession:rate-limit';

export interface LimitedRoute {
  readonly limit: LimitName;
  readonly subjectOf: (request: FastifyRequest) => readonly string[];
}

/** A field of a query, a form or a body that nobody has validated yet; `''` unless it is a text. */
export function textField(source: unknown, name: string): string {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return '';
  const value: unknown = Reflect.get(source, name);
  return typeof value === 'string' ? value : '';
}
