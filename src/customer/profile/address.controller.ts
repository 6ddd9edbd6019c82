import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { NewIdDto } from '../dto/new-id.dto.js';
import { CurrentCustomer, type OwnCustomer } from '../own-customer.js';
import { AddressChangesDto, AddressDto, TagsQueryDto } from './address.dto.js';
import { AddressService } from './address.service.js';
import { addressView } from './profile.view.js';

@ApiTags('Customer: own addresses')
@Authenticated('customer')
@Controller('customer/:tenant/me/addresses')
export class AddressController {
  constructor(private readonly addresses: AddressService) {}

  @Post()
  @ApiOperation({
    summary: 'Add an address to your profile',
    description:
      'All fields are optional. `country` is an ISO 3166-1 alpha-2 code. The address automatically becomes the default ' +
      'if no default address shares a tag with it. A customer has at most 100 addresses.',
  })
  @ApiResponse({ status: 201, type: NewIdDto })
  async add(@CurrentCustomer() me: OwnCustomer, @Body() given: AddressChangesDto): Promise<NewIdDto> {
    return { id: await this.addresses.add(me, given) };
  }

  @Get()
  @ApiOperation({
    summary: 'List your addresses',
    description:
      'Returns all addresses in one list, without paging. `isDefault` marks the default among the ' +
      'addresses that share a tag.',
  })
  @ApiOkResponse({ type: [AddressDto] })
  async list(@CurrentCustomer() me: OwnCustomer): Promise<AddressDto[]> {
    return (await this.addresses.list(me)).map(addressView);
  }

  @Get(':addressId')
  @ApiOperation({
    summary: 'Read one of your addresses',
    description: 'An address of another customer is 404.',
  })
  @ApiOkResponse({ type: AddressDto })
  async read(@CurrentCustomer() me: OwnCustomer, @Param('addressId') id: string): Promise<AddressDto> {
    return addressView(await this.addresses.read(me, id));
  }

  @Patch(':addressId')
  @ApiOperation({
    summary: 'Change parts of an address',
    description:
      'Fields that are left out keep their value, null clears one, and `tags` replaces all tags. `isDefault: ' +
      'true` makes it the default among the addresses that share a tag with it. Each change also increases the ' +
      'version of the profile.',
  })
  @ApiOkResponse({ type: AddressDto })
  async update(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Body() changes: AddressChangesDto,
  ): Promise<AddressDto> {
    return addressView(await this.addresses.update(me, id, changes));
  }

  @Put(':addressId')
  @ApiOperation({
    summary: 'Change parts of an address, as PATCH does',
    description:
      'Emporix clients use PUT. It does not replace the address: fields that are left out keep their value.',
  })
  @ApiOkResponse({ type: AddressDto })
  replace(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Body() changes: AddressChangesDto,
  ): Promise<AddressDto> {
    return this.update(me, id, changes);
  }

  @Delete(':addressId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an address',
    description:
      'If it was a default address, another address that shares a tag with it becomes the default.',
  })
  @ApiNoContentResponse()
  async remove(@CurrentCustomer() me: OwnCustomer, @Param('addressId') id: string): Promise<void> {
    await this.addresses.remove(me, id);
  }

  @Post(':addressId/tags')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Add tags to an address',
    description:
      'Name them in the query, separated by commas. Tags that the address already has are ignored. An address ' +
      'has at most 20 tags.',
  })
  @ApiNoContentResponse()
  async addTags(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Query() { tags }: TagsQueryDto,
  ): Promise<void> {
    await this.addresses.addTags(me, id, tags);
  }

  @Delete(':addressId/tags')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove tags from an address',
    description:
      'Name them in the query, separated by commas. Tags that the address does not have are ignored.',
  })
  @ApiNoContentResponse()
  async removeTags(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Query() { tags }: TagsQueryDto,
  ): Promise<void> {
    await this.addresses.removeTags(me, id, tags);
  }
}
