import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { AddressService } from './address.service.js';
import { AddressChangesDto, AddressDto, TagsQueryDto } from './dto/address.dto.js';
import { NewIdDto } from './dto/signup.dto.js';
import { CurrentCustomer, type OwnCustomer } from './own-customer.js';
import { addressView } from './profile.view.js';

@ApiTags('customer: own addresses')
@Authenticated('customer')
@Controller('customer/:tenant/me/addresses')
export class AddressController {
  constructor(private readonly addresses: AddressService) {}

  @Post()
  @ApiOperation({ summary: 'Add an address' })
  @ApiResponse({ status: 201, type: NewIdDto })
  async add(@CurrentCustomer() me: OwnCustomer, @Body() given: AddressChangesDto): Promise<NewIdDto> {
    return { id: await this.addresses.add(me, given) };
  }

  @Get()
  @ApiOperation({ summary: 'List the own addresses' })
  @ApiOkResponse({ type: [AddressDto] })
  async list(@CurrentCustomer() me: OwnCustomer): Promise<AddressDto[]> {
    return (await this.addresses.list(me)).map(addressView);
  }

  @Get(':addressId')
  @ApiOperation({ summary: 'Read an address' })
  @ApiOkResponse({ type: AddressDto })
  async read(@CurrentCustomer() me: OwnCustomer, @Param('addressId') id: string): Promise<AddressDto> {
    return addressView(await this.addresses.read(me, id));
  }

  @Patch(':addressId')
  @ApiOperation({ summary: 'Change an address (RFC 7396); answers the changed one' })
  @ApiOkResponse({ type: AddressDto })
  async update(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Body() changes: AddressChangesDto,
  ): Promise<AddressDto> {
    return addressView(await this.addresses.update(me, id, changes));
  }

  @Put(':addressId')
  @ApiOperation({ summary: 'The same as PATCH: fields that are left out keep their value' })
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
  @ApiOperation({ summary: 'Delete an address' })
  @ApiNoContentResponse()
  async remove(@CurrentCustomer() me: OwnCustomer, @Param('addressId') id: string): Promise<void> {
    await this.addresses.remove(me, id);
  }

  @Post(':addressId/tags')
  @HttpCode(204)
  @ApiOperation({ summary: 'Add tags to an address' })
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
  @ApiOperation({ summary: 'Remove tags from an address' })
  @ApiNoContentResponse()
  async removeTags(
    @CurrentCustomer() me: OwnCustomer,
    @Param('addressId') id: string,
    @Query() { tags }: TagsQueryDto,
  ): Promise<void> {
    await this.addresses.removeTags(me, id, tags);
  }
}
