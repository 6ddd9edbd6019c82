import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated, CurrentService, type ServicePrincipal } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { ListQueryDto } from '../http/query/list-query.dto.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Clock } from '../shared/clock.js';
import { readKeySet } from '../shared/jwk/key-set.js';
import type { KeyChanges } from './keys/client-keys.rules.js';
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
  @Audited('client.list')
  @ApiOperation({
    summary: 'List the OAuth clients of the tenant',
    description:
      'Filter by `clientId`, `kind`, `name` or `enabled`. A page has 60 clients unless `pageSize` says ' +
      'otherwise. No answer ever contains a secret.',
  })
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
  @Audited('client.create', { field: 'clientId' })
  @ApiOperation({
    summary: 'Create an OAuth client',
    description:
      'A backend gets a secret, which only this answer shows, because only its hash is stored. A backend that is ' +
      'created with `jwks` or `jwksUri` gets none, and authenticates with `private_key_jwt`. A storefront is ' +
      'public and has neither secret nor scopes. You can only give scopes that your own token holds, and the ' +
      'id must be unique across all tenants (409).',
  })
  @ApiResponse({ status: 201, type: NewSecretDto, headers: { Location: { schema: { type: 'string' } } } })
  @Refused(409)
  async create(
    @CurrentService() by: ServicePrincipal,
    @Body() { jwks, jwksUri, ...draft }: NewClientDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewSecretDto> {
    const { client, secret } = await this.clients.create(by, { ...draft, ...keysOf({ jwks, jwksUri }) });
    void reply.header('Location', `/admin/${by.tenant}/clients/${encodeURIComponent(client.clientId)}`);
    return { ...this.shown(client), ...(secret !== undefined && { secret }) };
  }

  @Get(':clientId')
  @Audited('client.read', { param: 'clientId' })
  @ApiOperation({
    summary: 'Read an OAuth client',
    description:
      'Returns kind, scopes and version, how the client authenticates, its public keys, and when each replaced secret ' +
      'that is still valid expires. It never returns a secret.',
  })
  @ApiResponse({ status: 200, type: ClientDto })
  async read(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
  ): Promise<ClientDto> {
    return this.shown(await this.clients.read(by.tenant, clientId));
  }

  @Patch(':clientId')
  @Audited('client.change', { param: 'clientId' })
  @ApiOperation({
    summary: 'Change the name, scopes or keys of a client, or switch it on or off',
    description:
      'Fields that are left out keep their value. `metadata.version` must be the version that you read (otherwise 409). ' +
      'To give it keys, your token must hold every scope of the client; its secret stays valid beside them. A key that ' +
      'is left out of `jwks` is refused from then on; tokens that it opened stay valid, unless `endTokens` is true. ' +
      'A client that is switched off gets no tokens, and its tokens are refused within seconds. You can’t ' +
      'switch off your own client or take `client.client_manage` from it.',
  })
  @ApiResponse({ status: 200, type: ClientDto })
  @Refused(409)
  async change(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
    @Body() { metadata, name, enabled, scopes, endTokens, jwks, jwksUri }: ChangeClientDto,
  ): Promise<ClientDto> {
    const changes = { name, enabled, scopes, endTokens, ...keysOf({ jwks, jwksUri }) };
    return this.shown(await this.clients.change(by, clientId, changes, metadata.version));
  }

  @Post(':clientId/secret')
  @Audited('client.renew-secret', { param: 'clientId' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a backend a new secret',
    description:
      'Only this answer shows the new secret. The old secret stays valid for `overlapSeconds`; with 0 it ' +
      'ends now, and so do all tokens of the client. Storefronts have no secret (400). Your token must hold ' +
      'every scope of the client.',
  })
  @ApiResponse({ status: 200, type: NewSecretDto })
  @Refused(409)
  async renewSecret(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
    @Body() { overlapSeconds, metadata }: RenewSecretDto,
  ): Promise<NewSecretDto> {
    const renewed = await this.clients.renewSecret(by, clientId, overlapSeconds, metadata.version);
    return { ...this.shown(renewed.client), secret: renewed.secret };
  }

  @Delete(':clientId/secret')
  @Audited('client.remove-secret', { param: 'clientId' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take away the secret of a backend that has keys',
    description:
      'From then on only `private_key_jwt` opens it. Does nothing if it has no secret. A client without keys keeps ' +
      'its secret (400). Tokens that it has stay valid.',
  })
  @ApiResponse({ status: 204 })
  async removeSecret(
    @CurrentService() by: ServicePrincipal,
    @Param('clientId') clientId: string,
  ): Promise<void> {
    await this.clients.removeSecrets(by, clientId);
  }

  @Delete(':clientId')
  @Audited('client.remove', { param: 'clientId' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove an OAuth client',
    description:
      'Its tokens are refused by this instance at once and by the others within seconds. You can’t remove the ' +
      'client that your token belongs to.',
  })
  @ApiResponse({ status: 204 })
  async remove(@CurrentService() by: ServicePrincipal, @Param('clientId') clientId: string): Promise<void> {
    await this.clients.remove(by, clientId);
  }

  private shown(client: Parameters<typeof toClientDto>[0]): ClientDto {
    return toClientDto(client, this.clock.now());
  }
}

/** @throws InvalidInput if `jwks` is no set of public keys */
const keysOf = ({ jwks, jwksUri }: Pick<NewClientDto, 'jwks' | 'jwksUri'>): KeyChanges => ({
  ...(jwks !== undefined && { jwks: jwks === null ? null : readKeySet(jwks) }),
  ...(jwksUri !== undefined && { jwksUri }),
});
