import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { cursorOf, DEFAULT_PAGE_SIZE, partsOf } from '../http/query/cursor-page.js';
import { Tenant } from '../http/tenant.decorator.js';
import { CustomerFinder } from './customer-finder.service.js';
import {
  CustomerDetailsDto,
  CustomersQueryDto,
  FoundCustomersDto,
  toCustomerDetailsDto,
  toFoundCustomerDto,
} from './dto/found-customer.dto.js';

@ApiTags('Admin: customers')
@Authenticated('scope:customer.customer_read')
@Controller('admin/:tenant/customers')
export class CustomersController {
  constructor(private readonly finder: CustomerFinder) {}

  @Get()
  @Audited('customer.list')
  @ApiOperation({
    summary: 'Find customers',
    description:
      'Lists the customers of the tenant, the newest first: all of them, those with an e-mail address, or those whose ' +
      'e-mail or name begins with a text. A page may hold fewer items than `limit` and still have `next`; only a page ' +
      'without `next` is the last one. New customers and changes never shift the pages.',
  })
  @ApiResponse({ status: 200, type: FoundCustomersDto })
  async list(@Tenant() tenant: string, @Query() query: CustomersQueryDto): Promise<FoundCustomersDto> {
    const { limit = DEFAULT_PAGE_SIZE, cursor, ...conditions } = query;
    const after = cursor === undefined ? {} : { after: String(partsOf(cursor, ['string'])[0]) };
    const { found, next } = await this.finder.list(tenant, { ...conditions, ...after, limit });
    return { items: found.map(toFoundCustomerDto), ...(next !== undefined && { next: cursorOf([next]) }) };
  }

  @Get(':customerId')
  @Audited('customer.read', { param: 'customerId' })
  @ApiOperation({
    summary: 'Read a customer',
    description:
      'Returns the profile with all addresses, groups and companies, whether the account is blocked, and how many ' +
      'sessions and open carts there are.',
  })
  @ApiResponse({ status: 200, type: CustomerDetailsDto })
  async read(@Tenant() tenant: string, @Param('customerId') customerId: string): Promise<CustomerDetailsDto> {
    return toCustomerDetailsDto(await this.finder.read(tenant, customerId));
  }
}
