import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, CurrentService, type ServicePrincipal } from '../auth/index.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { ListQueryDto } from '../http/query/list-query.dto.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { CodedErrorDto, Refused } from '../http/refusals.js';
import { Clock } from '../shared/clock.js';
import { ClientService } from './client.service.js';
import {
  ChangeClientDto,
  ClientDto,
  NewClientDto,
  NewSecretDto,
  RenewSecretDto,
  toClientDto,
} from './dto/client.dto.js';

const LIST: ListSpec = {
  fields: {
    clientId: { kind: 'text', path: 'clientId' },
    kind: { kind: 'text', path: 'kind' },
    name: { kind: 'text', path: 'name' },
    enabled: { kind: 'boolean', path: 'enabled' },
  },
  sortable: ['clientId'],
  defaultSort: 'clientId',
  pageSize: 60,
};

@ApiTags('Administration: clients')
@Authenticated('scope:client.client_manage')
@Controller('admin/:tenant/clients')
export class ClientController {
  constructor(
    private readonly clients: ClientService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the clients of the tenant; never a secret' })
  @ApiTotalCount()
  @ApiResponse({ status: 200, type: [ClientDto], headers: TOTAL_COUNT })
  async list(
    @CurrentService() by: ServicePrincipal,
    @Query() query: ListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClientDto[]> {
    const { rows, total } = await this.clients.list(by.tenant, toListing(query, LIST, counted));
    tellTotal(reply, total);
    return rows.map((client) => this.shown(client));
  }

  @Post()
  @ApiOperation({ summary: 'Create a client; the secret of a backend is shown this once' })
  @ApiResponse({ status: 201, type: NewSecretDto, headers: { Location: { schema: { type: 'string' } } } })
  @Refused(CodedErrorDto, 409)
  async create(
    @CurrentService() by: ServicePrincipal,
    @Body() body: NewClientDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewSecretDto> {
    const { client, secret } = await this.clients.create(by, body);
    void reply.header('Location', `/admin/${by.tenant}/clients/${encodeURIComponent(client.clientId)}`);
    return { ...this.shown(client), ...(secret !== undefined && { secret }) };
  }

  @Get(':clientId')
  @ApiOperation({ summary: 'Read a client; never a secret' })
  @ApiResponse({ status: 200, type: ClientDto })
  async read(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
  ): Promise<ClientDto> {
    return this.shown(await this.clients.read(by.tenant, clientId));
  }

  @Patch(':clientId')
  @ApiOperation({ summary: 'Change name, scopes, or whether it is switched on' })
  @ApiResponse({ status: 200, type: ClientDto })
  @Refused(CodedErrorDto, 409)
  async change(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
    @Body() { metadata, name, enabled, scopes }: ChangeClientDto,
  ): Promise<ClientDto> {
    const changes = { name, enabled, scopes };
    return this.shown(await this.clients.change(by, clientId, changes, metadata.version));
  }

  @Post(':clientId/secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a backend a new secret, which is shown this once' })
  @ApiResponse({ status: 200, type: NewSecretDto })
  @Refused(CodedErrorDto, 409)
  async renewSecret(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
    @Body() { overlapSeconds, metadata }: RenewSecretDto,
  ): Promise<NewSecretDto> {
    const renewed = await this.clients.renewSecret(by, clientId, overlapSeconds, metadata.version);
    return { ...this.shown(renewed.client), secret: renewed.secret };
  }

  @Delete(':clientId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a client; its tokens are refused within seconds' })
  @ApiResponse({ status: 204 })
  async remove(@CurrentService() by: ServicePrincipal, @Param('clientId') clientId: string): Promise<void> {
    await this.clients.remove(by, clientId);
  }

  private shown(client: Parameters<typeof toClientDto>[0]): ClientDto {
    return toClientDto(client, this.clock.now());
  }
}
