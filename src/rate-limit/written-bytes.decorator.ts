import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { KEEPS_NOTHING } from '../http/errors/refusals.js';

export const WRITES_METADATA = 'onesession:writes';

/** A body that is not kept, as that of a search or a login, takes nothing from the budget of its address. */
export const WritesNothing = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(WRITES_METADATA, false), ApiExtension(KEEPS_NOTHING, true));

/** Routes that are public by declaration, and are shoppers' all the same. */
export const WritesForShoppers = (): MethodDecorator & ClassDecorator => SetMetadata(WRITES_METADATA, true);
