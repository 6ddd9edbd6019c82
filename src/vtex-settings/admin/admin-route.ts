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

/** Marks a route that saves an entry, whether or not it exists. */
export const Saves = (): MethodDecorator & ClassDecorator =>
  applyDecorators(Refused(409, 413, 415), NeverRefuses(404));

/** Marks a route that removes an entry. */
export const Removes = (): MethodDecorator & ClassDecorator => Refused(404);
