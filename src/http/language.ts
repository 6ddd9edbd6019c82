import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  type AcceptedLanguages as Accepted,
  parseAcceptLanguage,
  parseContentLanguage,
} from './language.rules.js';

const headersOf = (context: ExecutionContext): FastifyRequest['headers'] =>
  context.switchToHttp().getRequest<FastifyRequest>().headers;

/** The languages that the caller accepts, as `AcceptedLanguages` of language.rules.ts. */
export const AcceptedLanguages = createParamDecorator((_: unknown, context: ExecutionContext): Accepted =>
  parseAcceptLanguage(headersOf(context)['accept-language']),
);

/** The language of the body's localized fields: `*`, one language, or undefined. */
export const GivenLanguage = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined =>
    parseContentLanguage(headersOf(context)['content-language']),
);
