import type { FastifyRequest } from 'fastify';
import type { LimitName } from './limits.rules.js';

export const LIMITED_METADATA = 'onesession:rate-limit';
export const COUNTED_METADATA = 'onesession:counted-limits';

export interface LimitedRoute {
  readonly limit: LimitName;
  readonly subjectOf: (request: FastifyRequest) => readonly string[];
}

/** Reads a text field of a query, form or body that is not validated yet; `''` if it is missing or not a text. */
export function textField(source: unknown, name: string): string {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return '';
  const value: unknown = Reflect.get(source, name);
  return typeof value === 'string' ? value : '';
}

/** Returns the limits that a route declares. */
export function declaredLimits(handler: Function): readonly LimitName[] {
  const limited: LimitedRoute | undefined = Reflect.getMetadata(LIMITED_METADATA, handler);
  const counted: readonly LimitName[] | undefined = Reflect.getMetadata(COUNTED_METADATA, handler);
  return [...(limited ? [limited.limit] : []), ...(counted ?? [])];
}
