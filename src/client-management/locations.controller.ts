import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import { PAGE_CUT, PageWriter } from '../http/query/page.js';
import { Projected } from '../http/query/projection.js';
import { ApiTotalCount, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { listingOf, LocationListQueryDto, LOCATIONS } from './dto/lists.dto.js';
import {
  CompanyLocationDto,
  LocationIdParam,
  PutLocationDto,
  NewLocationDto,
  toLocationDraft,
  toLocationDto,
} from './dto/location.dto.js';
import { LocationService } from './location.service.js';
import { CreatedRecordDto } from './dto/parts.dto.js';

const REMOVES = 'Legal entities no longer show it.';

@ApiTags('Companies: locations')
@Refused(400, 401, 403, 503)
@Controller('customer-management/:tenant/locations')
export class LocationsController {
  constructor(
    private readonly records: LocationService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('location.create', { field: 'id' })
  @Authenticated('scope:customermanagement.location_manage')
  @ApiOperation({
    summary: 'Create a location',
    description: 'Legal entities refer to it by its id.',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto })
  @Refused(409, 413, 415)
  async create(@Tenant() tenant: string, @Body() body: NewLocationDto): Promise<CreatedRecordDto> {
    return { id: await this.records.create(tenant, toLocationDraft(body), body.id) };
  }

  @Get()
  @Authenticated('scope:customermanagement.location_read')
  @ApiOperation({ summary: 'List locations', description: 'By default the oldest first, 16 per page.' })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [CompanyLocationDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  async list(
    @Tenant() tenant: string,
    @Query() query: LocationListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CompanyLocationDto[]> {
    const listing = listingOf(query, LOCATIONS, counted);
    const page = await this.pages.read(reply, listing, (bounded) => this.records.list(tenant, bounded));
    return this.pages.write(reply, page, toLocationDto);
  }

  @Get(':locationId')
  @Authenticated('scope:customermanagement.location_read')
  @ApiOperation({ summary: 'Read a location', description: 'Returns it as it is stored.' })
  @Projected()
  @ApiResponse({ status: 200, type: CompanyLocationDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { locationId }: LocationIdParam,
  ): Promise<CompanyLocationDto> {
    return toLocationDto(await this.records.read(tenant, locationId));
  }

  @Put(':locationId')
  @Audited('location.save', { param: 'locationId' })
  @Authenticated('scope:customermanagement.location_manage')
  @ApiOperation({
    summary: 'Replace a location, or create it',
    description:
      'Fields that are left out are removed. With `metadata.version`, it must exist (404), and the version must be the ' +
      'current one (409).',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto, description: 'It was created.' })
  @ApiResponse({ status: 204, description: 'It was changed.' })
  @Refused(404, 409, 413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { locationId }: LocationIdParam,
    @Body() body: PutLocationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedRecordDto | undefined> {
    const isNew = await this.records.put(tenant, locationId, toLocationDraft(body), body.metadata?.version);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id: locationId } : undefined;
  }

  @Delete(':locationId')
  @Audited('location.remove', { param: 'locationId' })
  @HttpCode(204)
  @Authenticated('scope:customermanagement.location_manage')
  @ApiOperation({ summary: 'Remove a location', description: REMOVES })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(@Tenant() tenant: string, @Param() { locationId }: LocationIdParam): Promise<void> {
    return this.records.remove(tenant, locationId);
  }
}
