import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { NewIdDto, splitCommas } from '../customer/index.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { toListing } from '../http/query/listing.js';
import { PAGE_CUT, PageWriter } from '../http/query/page.js';
import { Projected } from '../http/query/projection.js';
import { ApiTotalCount, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { WritesNothing } from '../rate-limit/index.js';
import { CustomerView } from './customer-view.service.js';
import {
  CUSTOMER_LIST,
  CustomerListQueryDto,
  CustomerPageDto,
  CustomerSearchDto,
  ExpandQueryDto,
  InvitingQueryDto,
  storedConditions,
} from './dto/customer-list.dto.js';
import {
  CustomerNumberParam,
  ManagedChangesDto,
  ManagedCustomerDto,
  NewCustomerNumberParam,
  NewManagedCustomerDto,
} from './dto/managed-customer.dto.js';
import { expandOf } from './expand.rules.js';
import { ManagedCustomers } from './managed-customer.service.js';

const READ = 'scope:customer.customer_read';
const MANAGE = 'scope:customer.customer_manage';
const COUNT = {
  Count: { schema: { type: 'integer' }, description: 'Number of customers in this answer.' },
} as const;
const HEADERS = { ...COUNT, ...TOTAL_COUNT, ...PAGE_CUT };
const ORDER = 'The newest come first, unless `sort` says otherwise.';

@ApiTags('Customers: profiles')
@Refused(400, 401, 403, 503)
@Controller('customer/:tenant/customers')
export class ManagedCustomersController {
  constructor(
    private readonly customers: ManagedCustomers,
    private readonly view: CustomerView,
    private readonly pages: PageWriter,
  ) {}

  @Get()
  @Authenticated(READ)
  @ApiOperation({ summary: 'List customers', description: ORDER })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [ManagedCustomerDto], headers: HEADERS })
  list(
    @Tenant() tenant: string,
    @Query() query: CustomerListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedCustomerDto[]> {
    return this.page(tenant, query, counted, reply);
  }

  @Post('search')
  @HttpCode(200)
  @WritesNothing()
  @Authenticated(READ)
  @ApiOperation({ summary: 'Search customers', description: ORDER })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [ManagedCustomerDto], headers: HEADERS })
  @Refused(413, 415)
  search(
    @Tenant() tenant: string,
    @Query() query: CustomerPageDto,
    @Body() { q }: CustomerSearchDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedCustomerDto[]> {
    return this.page(tenant, { ...query, q }, counted, reply);
  }

  @Post()
  @Authenticated(MANAGE)
  @Audited('customer.create', { field: 'id' })
  @ApiOperation({
    summary: 'Create a customer',
    description:
      'The customer logs in with `contactEmail`, and with `password` or the one that they set by the mail.',
  })
  @ApiResponse({ status: 201, type: NewIdDto })
  @Refused(409, 413, 415)
  async create(
    @Tenant() tenant: string,
    @Query() { sendPasswordResetNotifications: invites = true }: InvitingQueryDto,
    @Body() { id, password, ...profile }: NewManagedCustomerDto,
  ): Promise<NewIdDto> {
    const account = { id, password, email: profile.contactEmail, invites };
    return { id: await this.customers.create(tenant, account, profile) };
  }

  @Get(':customerNumber')
  @Authenticated(READ)
  @ApiOperation({ summary: 'Read the profile of a customer', description: 'Addresses come on request.' })
  @Projected()
  @ApiResponse({ status: 200, type: ManagedCustomerDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { customerNumber }: CustomerNumberParam,
    @Query() { expand }: ExpandQueryDto,
  ): Promise<ManagedCustomerDto> {
    return this.view.one(await this.customers.read(tenant, customerNumber), expandOf(splitCommas(expand)));
  }

  @Put(':customerNumber')
  @Authenticated(MANAGE)
  @Audited('customer.save', { param: 'customerNumber' })
  @ApiOperation({
    summary: 'Change a customer as PATCH does, or create one',
    description:
      'It does not replace the profile: fields that are left out keep their value. A new customer needs `contactEmail`, ' +
      'and no `metadata.version`.',
  })
  @ApiResponse({ status: 201, type: NewIdDto, description: 'The customer was created.' })
  @ApiResponse({ status: 204, description: 'The customer was changed.' })
  @Refused(409, 413, 415)
  @NeverRefuses(404)
  async put(
    @Tenant() tenant: string,
    @Param() { customerNumber }: NewCustomerNumberParam,
    @Query() { sendPasswordResetNotifications: invites = true }: InvitingQueryDto,
    @Body() changes: ManagedChangesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewIdDto | undefined> {
    const isNew = await this.customers.put(tenant, customerNumber, changes, invites);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id: customerNumber } : undefined;
  }

  @Patch(':customerNumber')
  @Authenticated(MANAGE)
  @Audited('customer.change', { param: 'customerNumber' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change parts of a customer',
    description:
      'Fields that are left out keep their value, and null clears one. `active: false` or `onHold: true` ends all ' +
      'sessions of the customer at once and keeps them from logging in. With `metadata.version`, the change is made only ' +
      'if the profile still has that version (otherwise 409).',
  })
  @ApiResponse({ status: 200, description: 'The customer was changed.' })
  @Refused(404, 409, 413, 415)
  change(
    @Tenant() tenant: string,
    @Param() { customerNumber }: CustomerNumberParam,
    @Body() changes: ManagedChangesDto,
  ): Promise<void> {
    return this.customers.change(tenant, customerNumber, changes);
  }

  @Delete(':customerNumber')
  @HttpCode(202)
  @Authenticated(MANAGE)
  @Audited('customer.remove', { param: 'customerNumber', erases: true })
  @ApiOperation({
    summary: 'Erase a customer',
    description:
      'Removes the customer with addresses, carts, mails, contact assignments and the sessions of all devices, at once. ' +
      'An interrupted erasure continues by itself.',
  })
  @ApiResponse({ status: 202, description: 'The customer is erased.' })
  @Refused(404)
  remove(@Tenant() tenant: string, @Param() { customerNumber }: CustomerNumberParam): Promise<void> {
    return this.customers.remove(tenant, customerNumber);
  }

  private async page(
    tenant: string,
    query: CustomerListQueryDto,
    counted: boolean,
    reply: FastifyReply,
  ): Promise<ManagedCustomerDto[]> {
    const listing = toListing(query, CUSTOMER_LIST, counted);
    const filter = storedConditions(listing.filter);
    const page = await this.pages.read(reply, { ...listing, filter }, (bounded) =>
      this.customers.list(tenant, bounded),
    );
    const rows = this.view.each(tenant, page.rows, expandOf(splitCommas(query.expand)));
    const shown = await this.pages.write(reply, { ...page, rows }, (row) => row);
    void reply.header('Count', shown.length);
    return shown;
  }
}
