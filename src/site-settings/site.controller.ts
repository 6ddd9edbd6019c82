import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, Caller, type Principal } from '../auth/index.js';
import { PAGE_CUT, PageWriter } from '../http/query/page.js';
import { Tenant } from '../http/tenant.decorator.js';
import { SiteListQueryDto } from './dto/site-list-query.dto.js';
import { CreatedDto, PatchSiteDto, ReplaceSiteDto, SiteDto } from './dto/site.dto.js';
import { toBasis, toChanges, toDraft, toListQuery, toSiteDto } from './dto/site.mapping.js';
import { ExpandPipe } from './expand.pipe.js';
import type { Expansion } from './expand.rules.js';
import { mayManageSites } from './may-manage.js';
import { SiteService } from './site.service.js';

const EXPAND = {
  name: 'expand',
  required: false,
  type: String,
  example: 'payment:all,shipping:active,tax:none,mixin:*',
  description: 'payment, shipping, tax: all, active or none; mixin: a name, or * for all',
};
const COUNTED = {
  'X-Count': { schema: { type: 'integer' }, description: 'with totalCount=true' },
  ...PAGE_CUT,
} as const;

@ApiTags('Site settings')
@Controller('site/:tenant')
export class SiteController {
  constructor(
    private readonly sites: SiteService,
    private readonly pages: PageWriter,
  ) {}

  @Get('sites')
  @Authenticated('anonymous', 'customer', 'service')
  @ApiOperation({ summary: 'List sites' })
  @ApiQuery(EXPAND)
  @ApiResponse({ status: 200, type: [SiteDto], headers: COUNTED })
  async list(
    @Tenant() tenant: string,
    @Caller() caller: Principal,
    @Query() query: SiteListQueryDto,
    @Query('expand', ExpandPipe) expansion: Expansion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SiteDto[]> {
    const mayManage = mayManageSites(caller);
    const page = await this.sites.list(tenant, toListQuery(query, mayManage));
    if (page.total !== undefined) void reply.header('X-Count', page.total);
    return this.pages.write(reply, page, (site) => toSiteDto(site, expansion, mayManage));
  }

  @Get('siteslist')
  @Authenticated('anonymous', 'customer', 'scope:site.site_read', 'scope:site.site_manage')
  @ApiOperation({ summary: 'List the codes of sites' })
  @ApiResponse({ status: 200, type: [String], headers: COUNTED })
  async listCodes(
    @Tenant() tenant: string,
    @Caller() caller: Principal,
    @Query() query: SiteListQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string[]> {
    const page = await this.sites.list(tenant, toListQuery(query, mayManageSites(caller)));
    if (page.total !== undefined) void reply.header('X-Count', page.total);
    return this.pages.write(reply, page, (site) => site.code);
  }

  @Post('sites')
  @Authenticated('scope:site.site_manage')
  @ApiOperation({ summary: 'Create a site; the first one of a tenant is its default' })
  @ApiResponse({ status: 201, type: CreatedDto, headers: { Location: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 409, description: 'there is a site of this code' })
  async create(
    @Tenant() tenant: string,
    @Body() body: SiteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedDto> {
    await this.sites.create(tenant, body.code, toDraft(body));
    void reply.header('Location', `/site/${tenant}/sites/${encodeURIComponent(body.code)}`);
    return { id: body.code };
  }

  @Get('sites/:siteCode')
  @Authenticated('anonymous', 'customer', 'service')
  @ApiOperation({ summary: 'Read a site' })
  @ApiQuery(EXPAND)
  @ApiResponse({ status: 200, type: SiteDto })
  async read(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Caller() caller: Principal,
    @Query('expand', ExpandPipe) expansion: Expansion,
  ): Promise<SiteDto> {
    const mayManage = mayManageSites(caller);
    return toSiteDto(await this.sites.read(tenant, code, mayManage), expansion, mayManage);
  }

  @Put('sites/:siteCode')
  @Authenticated('scope:site.site_manage')
  @ApiOperation({ summary: 'Replace a site; mixins and services that are not sent stay' })
  @ApiQuery({ ...EXPAND, description: 'with :all, the services that are sent replace the inactive ones too' })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 409, description: 'metadata.version is not the current one' })
  replace(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Body() body: ReplaceSiteDto,
    @Query('expand', ExpandPipe) seen: Expansion,
  ): Promise<void> {
    return this.sites.replace(tenant, code, toDraft(body), toBasis(body), seen);
  }

  @Patch('sites/:siteCode')
  @Authenticated('scope:site.site_manage')
  @ApiOperation({ summary: 'Change parts of a site; mixins are merged, lists replaced' })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 409, description: 'metadata.version is not the current one' })
  patch(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Body() body: PatchSiteDto,
  ): Promise<void> {
    return this.sites.patch(tenant, code, toChanges(body), toBasis(body));
  }

  @Delete('sites/:siteCode')
  @HttpCode(204)
  @Authenticated('scope:site.site_manage')
  @ApiOperation({ summary: 'Delete a site; the default one can not be deleted' })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('siteCode') code: string): Promise<void> {
    return this.sites.remove(tenant, code);
  }
}
