import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { KEEPS_NOTHING } from '../http/errors/refusals.js';

export const WRITES_METADATA = 'onesession:writes';

/** Marks a route whose body is not stored, such as a search or a login, so that it costs nothing of the budget. */
export const WritesNothing = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(WRITES_METADATA, false), ApiExtension(KEEPS_NOTHING, true));

/** Marks routes that are declared public but are used by shoppers. */
export const WritesForShoppers = (): MethodDecorator & ClassDecorator => SetMetadata(WRITES_METADATA, true);
