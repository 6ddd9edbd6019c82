import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
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
  description:
    'Optional parts to include, separated by commas: `payment`, `shipping` and `tax` with `all`, `active` ' +
    'or `none`; `mixin` with a name, or `*` for all.',
};
const COUNTED = {
  'X-Count': {
    schema: { type: 'integer' },
    description: 'Number of all matching sites, with `totalCount=true`.',
  },
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
  @ApiOperation({
    summary: 'List sites',
    description:
      'Returns 16 sites per page unless `pageSize` says otherwise. Payment, shipping and tax services and ' +
      'mixins are left out unless `expand` asks for them. Inactive sites are listed only with ' +
      '`includeInactive=true` and the scope `site.site_manage`.',
  })
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
  @ApiOperation({
    summary: 'List the codes of sites',
    description:
      'Returns the same list as `GET /site/{tenant}/sites`, with the same search and paging, but only the ' +
      'codes.',
  })
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
  @Audited('site.create', { field: 'code' })
  @Authenticated('scope:site.site_manage')
  @ApiOperation({
    summary: 'Create a site',
    description:
      'A site is active unless you send `active: false`. The first site of a tenant becomes its default; a ' +
      'later one with `default: true` replaces the current default. The code cannot be changed ' +
      'afterwards.',
  })
  @ApiResponse({ status: 201, type: CreatedDto, headers: { Location: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 409, description: 'There is already a site with this code.' })
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
  @ApiOperation({
    summary: 'Read a site',
    description:
      'Payment, shipping and tax services and mixins are left out unless `expand` asks for them. An inactive ' +
      'site is answered with 404 unless the token has the scope `site.site_manage`.',
  })
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
  @Audited('site.save', { param: 'siteCode' })
  @Authenticated('scope:site.site_manage')
  @ApiOperation({
    summary: 'Replace a site',
    description:
      '`active`, `default`, mixins and the payment, shipping and tax services keep their value if you leave ' +
      'them out; other optional fields go back to their default. With `metadata.version`, the change is made ' +
      'only if the site still has that version (409). The default site stays the default until another site ' +
      'becomes the default.',
  })
  @ApiQuery({
    ...EXPAND,
    description:
      'The `expand` of your read. With `:all` for a kind of service, the list that you send also replaces ' +
      'the inactive services.',
  })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 409, description: '`metadata.version` is not the current version.' })
  replace(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Body() body: ReplaceSiteDto,
    @Query('expand', ExpandPipe) seen: Expansion,
  ): Promise<void> {
    return this.sites.replace(tenant, code, toDraft(body), toBasis(body), seen);
  }

  @Patch('sites/:siteCode')
  @Audited('site.change', { param: 'siteCode' })
  @Authenticated('scope:site.site_manage')
  @ApiOperation({
    summary: 'Change parts of a site',
    description:
      'Fields that are left out keep their value. Mixins are merged (RFC 7396), `homeBase` is merged field by ' +
      'field, and lists are replaced as a whole. With `metadata.version`, the change is made only if the site ' +
      'still has that version (409).',
  })
  @ApiResponse({ status: 200 })
  @ApiResponse({ status: 409, description: '`metadata.version` is not the current version.' })
  patch(
    @Tenant() tenant: string,
    @Param('siteCode') code: string,
    @Body() body: PatchSiteDto,
  ): Promise<void> {
    return this.sites.patch(tenant, code, toChanges(body), toBasis(body));
  }

  @Delete('sites/:siteCode')
  @Audited('site.remove', { param: 'siteCode' })
  @HttpCode(204)
  @Authenticated('scope:site.site_manage')
  @ApiOperation({
    summary: 'Delete a site',
    description:
      'The default site cannot be deleted (400): make another site the default first. Carts and prices ' +
      'that name the deleted site are kept.',
  })
  @ApiResponse({ status: 204 })
  remove(@Tenant() tenant: string, @Param('siteCode') code: string): Promise<void> {
    return this.sites.remove(tenant, code);
  }
}
