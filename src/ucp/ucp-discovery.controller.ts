import { createParamDecorator, type ExecutionContext, Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { askedHostname } from '../http/own-origin.rules.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { nothingHere } from '../http/refusal.js';
import { endpointAt, profileOf } from './ucp-profile.rules.js';

const Hostname = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  askedHostname(context.switchToHttp().getRequest<FastifyRequest>()),
);

@ApiTags('Agents: carts')
@Public()
@Controller('.well-known')
export class UcpDiscoveryController {
  constructor(private readonly config: Config) {}

  @Get('ucp')
  @Header('cache-control', 'public, max-age=300')
  @NeverRefuses(503)
  @Refused(404)
  @ApiOperation({
    summary: 'Describe the business to shopping agents',
    description:
      'Profile by the Universal Commerce Protocol: where its carts are. The settings `UCP_HOSTS` and ' +
      '`UCP_DEFAULT_TENANT` say which tenant a host name stands for. Only if `UCP` is `on`.',
  })
  @ApiOkResponse({
    schema: { type: 'object', required: ['ucp'], properties: { ucp: { type: 'object' } } },
  })
  profile(@Hostname() hostname: string): ReturnType<typeof profileOf> {
    const endpoint = endpointAt(hostname, this.config);
    if (endpoint === undefined) throw nothingHere();
    return profileOf(endpoint);
  }
}
