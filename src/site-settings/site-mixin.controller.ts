import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Tenant } from '../http/tenant.decorator.js';
import type { JsonObject } from '../shared/json.js';
import { CreatedDto } from './dto/site.dto.js';
import { mixinData, namedMixin } from './mixin.rules.js';
import { SiteMixinService } from './site-mixin.service.js';

const MIXIN = { type: 'object', additionalProperties: true } as const;

/** The tenant's own data on a site. A mixin is any JSON object under any name, so no DTO describes it. */
@ApiTags('Site settings: mixins')
@Authenticated('scope:site.site_manage')
@Controller('site/:tenant/sites/:siteCode/mixins')
export class SiteMixinController {
  constructor(private readonly mixins: SiteMixinService) {}

  @Get()
  @ApiOperation({
    summary: 'Read all mixins of a site',
    description:
      'Returns one object with a key for each mixin. If a mixin has a schema, its URL is in ' +
      '`metadata.schema` of that mixin.',
  })
  @ApiResponse({ status: 200, schema: MIXIN })
  list(@Tenant() tenant: string, @Param('siteCode') code: string): Promise<JsonObject> {
    return this.mixins.list(tenant, code);
  }

  @Post()
  @Audited('site-mixin.create', { target: 'site', param: 'siteCode' })
  @ApiOperation({
    summary: 'Add a mixin to a site',
    description:
      'Send an object with one key: the name of the mixin, with its data as the value. If the site already ' +
      'has a mixin of this name, the answer is 409. Each change of a mixin raises the version of the site.',
  })
  @ApiBody({ schema: { ...MIXIN, minProperties: 1, maxProperties: 1, example: { fees: { active: true } } } })
  @ApiResponse({ status: 201, type: CreatedDto, headers: { Location: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 409, description: 'The site already has a mixin of this name.' })
  async create(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedDto> {
    const { name, shown } = namedMixin(body);
    await this.mixins.create(tenant, code, name, shown);
    const site = `/site/${tenant}/sites/${encodeURIComponent(code)}`;
    void reply.header('Location', `${site}/mixins/${encodeURIComponent(name)}`);
    return { id: name };
  }

  @Get(':mixinName')
  @ApiOperation({
    summary: 'Read a mixin of a site',
    description: 'Returns the data of the mixin. If it has a schema, the URL is in `metadata.schema`.',
  })
  @ApiResponse({ status: 200, schema: MIXIN })
  read(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Param('mixinName') name: string,
  ): Promise<JsonObject> {
    return this.mixins.read(tenant, code, name);
  }

  @Put(':mixinName')
  @Audited('site-mixin.save', { target: 'site', param: 'siteCode' })
  @ApiOperation({
    summary: 'Replace a mixin of a site',
    description:
      'Replaces all data, including the schema URL. A mixin that does not exist is answered with ' +
      '404; add it with POST.',
  })
  @ApiBody({ schema: { ...MIXIN, description: 'The data, alone or under the name of the mixin.' } })
  @ApiResponse({ status: 200 })
  replace(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Param('mixinName') name: string,
    @Body() body: unknown,
  ): Promise<void> {
    return this.mixins.replace(tenant, code, name, mixinData(name, body));
  }

  @Patch(':mixinName')
  @Audited('site-mixin.change', { target: 'site', param: 'siteCode' })
  @ApiOperation({
    summary: 'Change parts of a mixin (RFC 7396)',
    description:
      'Keys that are left out keep their value, and null removes a key. A mixin that does not exist is ' +
      'answered with 404; add it with POST.',
  })
  @ApiBody({ schema: { ...MIXIN, description: 'The data, alone or under the name of the mixin.' } })
  @ApiResponse({ status: 200 })
  patch(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Param('mixinName') name: string,
    @Body() body: unknown,
  ): Promise<void> {
    return this.mixins.patch(tenant, code, name, mixinData(name, body));
  }

  @Delete(':mixinName')
  @Audited('site-mixin.remove', { target: 'site', param: 'siteCode' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a mixin from a site',
    description: 'Removes the data and the schema URL, and raises the version of the site.',
  })
  @ApiResponse({ status: 204 })
  remove(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Param('mixinName') name: string,
  ): Promise<void> {
    return this.mixins.remove(tenant, code, name);
  }
}
