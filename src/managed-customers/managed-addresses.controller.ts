import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import {
  AddressChangesDto,
  AddressDto,
  AddressService,
  addressView,
  NewIdDto,
  TagsQueryDto,
} from '../customer/index.js';
import { Refused } from '../http/errors/refusals.js';
import { Tenant } from '../http/tenant.decorator.js';
import {
  ManagedAddressParam,
  NewManagedAddressDto,
  NewManagedAddressParam,
} from './dto/managed-address.dto.js';
import { CustomerNumberParam } from './dto/managed-customer.dto.js';

const READ = 'scope:customer.customer_read';
const MANAGE = 'scope:customer.customer_manage';

@ApiTags('Customers: addresses')
@Refused(400, 401, 403, 404, 503)
@Controller('customer/:tenant/customers/:customerNumber/addresses')
export class ManagedAddressesController {
  constructor(private readonly addresses: AddressService) {}

  @Get()
  @Authenticated(READ)
  @ApiOperation({ summary: 'List the addresses of a customer', description: 'Returns all of them.' })
  @ApiResponse({ status: 200, type: [AddressDto] })
  async list(
    @Tenant() tenant: string,
    @Param() { customerNumber: id }: CustomerNumberParam,
  ): Promise<AddressDto[]> {
    return (await this.addresses.list({ tenant, id })).map(addressView);
  }

  @Post()
  @Authenticated(MANAGE)
  @Audited('customer.add-address', { target: 'customer', param: 'customerNumber' })
  @ApiOperation({
    summary: 'Add an address to a customer',
    description: 'It becomes the default if no default address shares a tag with it. At most 100 addresses.',
  })
  @ApiResponse({ status: 201, type: NewIdDto })
  @Refused(409, 413, 415)
  async add(
    @Tenant() tenant: string,
    @Param() { customerNumber }: CustomerNumberParam,
    @Body() { id, ...given }: NewManagedAddressDto,
  ): Promise<NewIdDto> {
    return { id: await this.addresses.add({ tenant, id: customerNumber }, given, id) };
  }

  @Get(':addressId')
  @Authenticated(READ)
  @ApiOperation({
    summary: 'Read an address of a customer',
    description: 'An address of another customer is 404.',
  })
  @ApiResponse({ status: 200, type: AddressDto })
  async read(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: ManagedAddressParam,
  ): Promise<AddressDto> {
    return addressView(await this.addresses.read({ tenant, id }, addressId));
  }

  @Put(':addressId')
  @Authenticated(MANAGE)
  @Audited('customer.save-address', { target: 'customer', param: 'customerNumber' })
  @ApiOperation({
    summary: 'Change an address as PATCH does, or add it',
    description:
      'It does not replace the address: fields that are left out keep their value. A new one needs `contactName`.',
  })
  @ApiResponse({ status: 201, type: NewIdDto, description: 'The address was added.' })
  @ApiResponse({ status: 204, description: 'The address was changed.' })
  @Refused(413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: NewManagedAddressParam,
    @Body() given: AddressChangesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewIdDto | undefined> {
    const isNew = await this.addresses.put({ tenant, id }, addressId, given);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id: addressId } : undefined;
  }

  @Patch(':addressId')
  @Authenticated(MANAGE)
  @Audited('customer.change-address', { target: 'customer', param: 'customerNumber' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change parts of an address of a customer',
    description: 'Fields that are left out keep their value, null clears one, and `tags` replaces all tags.',
  })
  @ApiResponse({ status: 200, description: 'The address was changed.' })
  @Refused(413, 415)
  async change(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: ManagedAddressParam,
    @Body() changes: AddressChangesDto,
  ): Promise<void> {
    await this.addresses.update({ tenant, id }, addressId, changes);
  }

  @Delete(':addressId')
  @HttpCode(204)
  @Authenticated(MANAGE)
  @Audited('customer.remove-address', { target: 'customer', param: 'customerNumber' })
  @ApiOperation({
    summary: 'Delete an address of a customer',
    description: 'If it was a default, another address that shares a tag with it becomes the default.',
  })
  @ApiResponse({ status: 204 })
  async remove(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: ManagedAddressParam,
  ): Promise<void> {
    await this.addresses.remove({ tenant, id }, addressId);
  }

  @Post(':addressId/tags')
  @HttpCode(204)
  @Authenticated(MANAGE)
  @Audited('customer.tag-address', { target: 'customer', param: 'customerNumber' })
  @ApiOperation({
    summary: 'Add tags to an address of a customer',
    description: 'Name them in the query, separated by commas. An address has at most 20 tags.',
  })
  @ApiResponse({ status: 204 })
  async addTags(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: ManagedAddressParam,
    @Query() { tags }: TagsQueryDto,
  ): Promise<void> {
    await this.addresses.addTags({ tenant, id }, addressId, tags);
  }

  @Delete(':addressId/tags')
  @HttpCode(204)
  @Authenticated(MANAGE)
  @Audited('customer.untag-address', { target: 'customer', param: 'customerNumber' })
  @ApiOperation({
    summary: 'Remove tags from an address of a customer',
    description: 'Name them in the query, separated by commas. Tags that it does not have are ignored.',
  })
  @ApiResponse({ status: 204 })
  async removeTags(
    @Tenant() tenant: string,
    @Param() { customerNumber: id, addressId }: ManagedAddressParam,
    @Query() { tags }: TagsQueryDto,
  ): Promise<void> {
    await this.addresses.removeTags({ tenant, id }, addressId, tags);
  }
}
