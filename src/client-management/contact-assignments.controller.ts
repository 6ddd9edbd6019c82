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
import { CompanyView } from './company-view.service.js';
import {
  ContactAssignmentIdParam,
  PutContactAssignmentDto,
  NewContactAssignmentDto,
  toAssignmentDraft,
} from './dto/contact-assignment.dto.js';
import { ContactAssignmentDto } from './dto/legal-entity.dto.js';
import { AssignmentListQueryDto, ASSIGNMENTS, listingOf } from './dto/lists.dto.js';
import { ContactAssignmentService } from './contact-assignment.service.js';
import { CreatedRecordDto } from './dto/parts.dto.js';

const REMOVES = 'Ends the sessions in which the customer was acting for the legal entity, at once.';

@ApiTags('Companies: contacts')
@Refused(400, 401, 403, 503)
@Controller('customer-management/:tenant/contact-assignments')
export class ContactAssignmentsController {
  constructor(
    private readonly records: ContactAssignmentService,
    private readonly view: CompanyView,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('contact-assignment.create', { field: 'id' })
  @Authenticated('scope:customermanagement.contactassignment_manage')
  @ApiOperation({
    summary: 'Create a contact assignment',
    description:
      'The legal entity and the customer must exist. From now on the customer may act for the legal entity.',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto })
  @Refused(409, 413, 415)
  async create(@Tenant() tenant: string, @Body() body: NewContactAssignmentDto): Promise<CreatedRecordDto> {
    return { id: await this.records.create(tenant, toAssignmentDraft(body), body.id) };
  }

  @Get()
  @Authenticated('scope:customermanagement.contactassignment_read')
  @ApiOperation({
    summary: 'List contact assignments',
    description: 'By default the oldest first, 16 per page.',
  })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [ContactAssignmentDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  async list(
    @Tenant() tenant: string,
    @Query() query: AssignmentListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactAssignmentDto[]> {
    const listing = listingOf(query, ASSIGNMENTS, counted);
    const page = await this.pages.read(reply, listing, (bounded) => this.records.list(tenant, bounded));
    return this.pages.write(reply, { ...page, rows: this.view.assignmentsOf(page.rows) }, (row) => row);
  }

  @Get(':contactAssignmentId')
  @Authenticated('scope:customermanagement.contactassignment_read')
  @ApiOperation({
    summary: 'Read a contact assignment',
    description: 'Returns it with its legal entity and customer.',
  })
  @Projected()
  @ApiResponse({ status: 200, type: ContactAssignmentDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { contactAssignmentId }: ContactAssignmentIdParam,
  ): Promise<ContactAssignmentDto> {
    return this.view.assignment(await this.records.read(tenant, contactAssignmentId));
  }

  @Put(':contactAssignmentId')
  @Audited('contact-assignment.save', { param: 'contactAssignmentId' })
  @Authenticated('scope:customermanagement.contactassignment_manage')
  @ApiOperation({
    summary: 'Replace a contact assignment, or create it',
    description:
      'Fields that are left out are removed. With `metadata.version`, it must exist (404), and the version must be the ' +
      'current one (409).',
  })
  @ApiResponse({ status: 201, type: CreatedRecordDto, description: 'It was created.' })
  @ApiResponse({ status: 204, description: 'It was changed.' })
  @Refused(404, 409, 413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { contactAssignmentId }: ContactAssignmentIdParam,
    @Body() body: PutContactAssignmentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedRecordDto | undefined> {
    const isNew = await this.records.put(
      tenant,
      contactAssignmentId,
      toAssignmentDraft(body),
      body.metadata?.version,
    );
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id: contactAssignmentId } : undefined;
  }

  @Delete(':contactAssignmentId')
  @Audited('contact-assignment.remove', { param: 'contactAssignmentId' })
  @HttpCode(204)
  @Authenticated('scope:customermanagement.contactassignment_manage')
  @ApiOperation({ summary: 'Remove a contact assignment', description: REMOVES })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(
    @Tenant() tenant: string,
    @Param() { contactAssignmentId }: ContactAssignmentIdParam,
  ): Promise<void> {
    return this.records.remove(tenant, contactAssignmentId);
  }
}
