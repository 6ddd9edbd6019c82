import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { Reason } from '../http/reason.decorator.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Idempotent } from '../idempotency/index.js';
import {
  ChangedTenantDto,
  ChangeTenantDto,
  ConfirmDeletionDto,
  NewTenantDto,
  StartedDeletionDto,
  TenantJobDto,
  TenantListDto,
  TenantListQueryDto,
  WholeTenantDto,
} from './dto/tenant.dto.js';
import { toJobDto, toTenantDto, toWholeTenantDto } from './dto/tenant.mapping.js';
import { TenantAdminService } from './tenant-admin.service.js';
import { readChange } from './tenant-change.schema.js';
import { TenantDeletionService } from './tenant-deletion.service.js';
import { TenantMaker } from './tenant-maker.js';
import { TenantReader } from './tenant-reader.js';

const LOCATION = { Location: { schema: { type: 'string' } } } as const;

@ApiTags('Admin: tenants')
@Authenticated('operator')
@Controller('admin/tenants')
export class TenantAdminController {
  constructor(
    private readonly admin: TenantAdminService,
    private readonly maker: TenantMaker,
    private readonly reader: TenantReader,
    private readonly deletions: TenantDeletionService,
  ) {}

  @Get()
  @Audited('tenant.list')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'List the tenants',
    description:
      'Newest first. An unknown query parameter is 400. The routes of `/admin/tenants` exist only if ' +
      '`OPERATOR_SECRET` is set.',
  })
  @ApiResponse({ status: 200, type: TenantListDto })
  async list(@Query() { limit, cursor }: TenantListQueryDto): Promise<TenantListDto> {
    const { tenants, ...page } = await this.reader.list(limit, cursor);
    return { items: tenants.map(toTenantDto), ...page };
  }

  @Post()
  @Idempotent()
  @Audited('tenant.create', { field: 'name' })
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Create a tenant',
    description:
      'Takes what a tenant of the bootstrap file holds. Either all of it is created or, if something is refused, ' +
      'nothing. One request may have 200 clients, 100 sites, 50 customers, 1000 prices, 500 discount codes and, all in all, 3000 JSON values; send ' +
      'further ones with PATCH. The tenant works on every instance within five seconds. Secrets and passwords are never shown again.',
  })
  @ApiBody({ type: NewTenantDto })
  @ApiResponse({ status: 201, type: WholeTenantDto, headers: LOCATION })
  @Refused(409)
  async create(
    @Body() body: unknown,
    @Reason() reason: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WholeTenantDto> {
    const name = await this.maker.create(body, reason);
    void reply.header('Location', `/admin/tenants/${name}`);
    return toWholeTenantDto(await this.reader.read(name));
  }

  @Get('jobs/:job')
  @Audited('tenant.read-job', { target: 'job', param: 'job' })
  @NeverRefuses(400)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Follow the deletion of a tenant',
    description:
      'A deletion takes at least a minute, because requests in flight may still write. It goes on after a restart. A ' +
      'job can be read until a tenant with the same name is created.',
  })
  @ApiResponse({ status: 200, type: TenantJobDto })
  async job(@Param('job') job: string): Promise<TenantJobDto> {
    return toJobDto(await this.deletions.job(job));
  }

  @Get(':tenant')
  @Audited('tenant.read', { param: 'tenant' })
  @Header('cache-control', 'no-store')
  @Refused(404)
  @ApiOperation({
    summary: 'Read a tenant',
    description:
      'Returns settings, clients, sites and the settings of the VTEX dialect, in the form of the bootstrap file. ' +
      'Never returns a secret. Customers, prices and discount codes have lists of their own.',
  })
  @ApiResponse({ status: 200, type: WholeTenantDto })
  async read(@Tenant() name: string): Promise<WholeTenantDto> {
    return toWholeTenantDto(await this.reader.read(name));
  }

  @Patch(':tenant')
  @Audited('tenant.change', { param: 'tenant' })
  @Header('cache-control', 'no-store')
  @Refused(404, 409)
  @ApiOperation({
    summary: 'Change a tenant, or switch it on or off',
    description:
      'Fields that are left out keep their value. Parts such as `clients` and `sites` are added where they are ' +
      'missing. Those that exist are kept as they are, and `kept` lists those that differ. If a part is refused, ' +
      'the parts before it may have been added. A change takes effect on every instance within five seconds.',
  })
  @ApiBody({ type: ChangeTenantDto })
  @ApiResponse({ status: 200, type: ChangedTenantDto })
  async change(
    @Tenant() name: string,
    @Body() body: unknown,
    @Reason() reason: string | undefined,
  ): Promise<ChangedTenantDto> {
    const change = readChange(body);
    const parts = this.maker.readParts({ ...change.parts, name });
    const kept = await this.admin.change(name, change, parts, reason);
    return { ...toWholeTenantDto(await this.reader.read(name)), kept };
  }

  @Delete(':tenant')
  @Audited('tenant.remove', { param: 'tenant' })
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  @Refused(404)
  @ApiOperation({
    summary: 'Delete a tenant with everything that it has',
    description:
      'The tenant is switched off within five seconds, and cannot be switched on again. Its records are removed in ' +
      'the background; follow the job. Nothing is left but a note of the deletion, so that the bootstrap file does ' +
      'not bring the tenant back.',
  })
  @ApiResponse({ status: 202, type: StartedDeletionDto, headers: LOCATION })
  async remove(
    @Tenant() name: string,
    @Body() { confirm }: ConfirmDeletionDto,
    @Reason() reason: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StartedDeletionDto> {
    const { job } = await this.admin.delete(name, confirm, reason);
    void reply.header('Location', `/admin/tenants/jobs/${job}`);
    return { job };
  }
}
