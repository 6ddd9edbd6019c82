import { applyDecorators } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';

/** What all routes of these settings have in common. */
export const SettingsRoutes = (): ClassDecorator =>
  applyDecorators(
    ApiTags('VTEX settings'),
    Authenticated('scope:vtex.settings_manage'),
    Refused(400, 401, 403, 503),
  );

/** Of a route that saves an entry, there or not. */
export const Saves = (): MethodDecorator & ClassDecorator =>
  applyDecorators(Refused(409, 413, 415), NeverRefuses(404));

/** Of a route that removes one. */
export const Removes = (): MethodDecorator & ClassDecorator => Refused(404);
