import { applyDecorators, Header } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Traits } from './route-traits.js';

/** Declares that a route answers with the text of a page, or of a file that a page loads. */
export const PageFile = (mediaType: string, cacheControl: string): MethodDecorator =>
  applyDecorators(
    Traits({ isPage: true }),
    Header('content-type', `${mediaType}; charset=utf-8`),
    Header('cache-control', cacheControl),
    ApiResponse({ status: 200, content: { [mediaType]: { schema: { type: 'string' } } } }),
  );

/** Long enough for one visit, short enough for a new release. */
export const FOR_AN_HOUR = 'public, max-age=3600';
