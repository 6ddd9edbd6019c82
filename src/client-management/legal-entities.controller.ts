import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated, Caller, type Principal } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import type { ListQuery } from '../http/query/listing.js';
import { PAGE_CUT, PageWriter } from '../http/query/page.js';
import { Projected } from '../http/query/projection.js';
import { ApiTotalCount, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { WritesNothing } from '../rate-limit/index.js';
import { CompanyView } from './company-view.service.js';
import {
  LegalEntityDto,
  LegalEntityIdParam,
  PutLegalEntityDto,
  NewLegalEntityDto,
  toEntityDraft,
} from './dto/legal-entity.dto.js';
import {
  EntityFiltersDto,
  EntityListQueryDto,
  EntitySearchDto,
  LEGAL_ENTITIES,
  listingOf,
} from './dto/lists.dto.js';
import { LegalEntityService } from './legal-entity.service.js';
import { CreatedRecordDto } from './dto/parts.dto.js';

const WHOSE =
  'Services see all of the tenant, customers those that they are assigned to. By default the oldest first, 16 per page.';
const REMOVES =
  'Removes the legal entities below it and all their contact assignments too, and ends the sessions of customers who ' +
  'were acting for them. Locations stay.';

@ApiTags('Companies: legal entities')
@Refused(400, 401, 403, 503)
@Controller('customer-management/:tenant/legal-entities')
export class LegalEntitiesController {
  constructor(
    private readonly records: LegalEntityService,
    private readonly view: CompanyView,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('legal-entity.create', { field: 'id' })
  @Authenticated('scope:customermanagement.legalentity_manage')
  @ApiOperation({
    summary: 'Create a legal entity',
    description: 'What it refers to must exist: its parent, locations and contact assignments.',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto })
  @Refused(409, 413, 415)
  async create(@Tenant() tenant: string, @Body() body: NewLegalEntityDto): Promise<CreatedRecordDto> {
    return { id: await this.records.create(tenant, toEntityDraft(body), body.id) };
  }

  @Get()
  @Authenticated('scope:customermanagement.legalentity_read', 'customer')
  @ApiOperation({ summary: 'List legal entities', description: WHOSE })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [LegalEntityDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  list(
    @Caller() caller: Principal,
    @Query() query: EntityListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalEntityDto[]> {
    return this.page(caller, query, counted, reply);
  }

  @Post('search')
  @HttpCode(200)
  @WritesNothing()
  @Authenticated('scope:customermanagement.legalentity_read', 'customer')
  @ApiOperation({ summary: 'Search legal entities', description: WHOSE })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [LegalEntityDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  @Refused(413, 415)
  search(
    @Caller() caller: Principal,
    @Query() query: EntityFiltersDto,
    @Body() { q }: EntitySearchDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalEntityDto[]> {
    return this.page(caller, { ...query, q }, counted, reply);
  }

  @Get(':legalEntityId')
  @Authenticated('scope:customermanagement.legalentity_read')
  @ApiOperation({
    summary: 'Read a legal entity',
    description: 'Returns it with its locations and approvers.',
  })
  @Projected()
  @ApiResponse({ status: 200, type: LegalEntityDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { legalEntityId }: LegalEntityIdParam,
  ): Promise<LegalEntityDto> {
    return this.view.entity(await this.records.read(tenant, legalEntityId));
  }

  @Get(':legalEntityId/parent-hierarchy')
  @Authenticated('scope:customermanagement.legalentity_read', 'scope:customermanagement.legalentity_manage')
  @ApiOperation({
    summary: 'Read a legal entity and those above it',
    description: 'The legal entity comes first, then its parent, and so on up to the company at the top.',
  })
  @ApiResponse({ status: 200, type: [LegalEntityDto] })
  @Refused(404)
  async parents(
    @Tenant() tenant: string,
    @Param() { legalEntityId }: LegalEntityIdParam,
  ): Promise<LegalEntityDto[]> {
    const line = await this.records.lineOf(tenant, legalEntityId);
    return Promise.all(line.map((one) => this.view.entity(one)));
  }

  @Put(':legalEntityId')
  @Audited('legal-entity.save', { param: 'legalEntityId' })
  @Authenticated('scope:customermanagement.legalentity_manage')
  @ApiOperation({
    summary: 'Replace a legal entity, or create it',
    description:
      'Fields that are left out are removed. With `metadata.version`, it must exist (404), and the version must be the ' +
      'current one (409).',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto, description: 'It was created.' })
  @ApiResponse({ status: 204, description: 'It was changed.' })
  @Refused(404, 409, 413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { legalEntityId }: LegalEntityIdParam,
    @Body() body: PutLegalEntityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedRecordDto | undefined> {
    const isNew = await this.records.put(tenant, legalEntityId, toEntityDraft(body), body.metadata?.version);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id: legalEntityId } : undefined;
  }

  @Delete(':legalEntityId')
  @Audited('legal-entity.remove', { param: 'legalEntityId' })
  @HttpCode(204)
  @Authenticated('scope:customermanagement.legalentity_manage')
  @ApiOperation({ summary: 'Remove a legal entity', description: REMOVES })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(@Tenant() tenant: string, @Param() { legalEntityId }: LegalEntityIdParam): Promise<void> {
    return this.records.remove(tenant, legalEntityId);
  }

  private async page(
    caller: Principal,
    query: ListQuery,
    counted: boolean,
    reply: FastifyReply,
  ): Promise<LegalEntityDto[]> {
    const listing = listingOf(query, LEGAL_ENTITIES, counted);
    const own = caller.kind === 'service' ? undefined : caller.customerId;
    const page = await this.pages.read(reply, listing, (bounded) =>
      this.records.list(caller.tenant, bounded, own),
    );
    return this.pages.write(reply, { ...page, rows: this.view.entitiesOf(page.rows) }, (row) => row);
  }
}
