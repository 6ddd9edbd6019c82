import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../audit/index.js';
import { Authenticated, CurrentService, type ServicePrincipal } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { AcceptedLanguages, GivenLanguage } from '../../http/language.js';
import type { AcceptedLanguages as Accepted } from '../../http/language.rules.js';
import { PAGE_CUT, PageWriter } from '../../http/query/page.js';
import { Projected } from '../../http/query/projection.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../../http/query/total-count.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { expectAdmin } from '../expect-admin.js';
import { CreatedPriceModelDto, PriceModelDto, PriceModelInputDto } from './price-model.dto.js';
import { toPriceModelDto, toPriceModelInput } from './price-model.mapping.js';
import { PriceModelService } from './price-model.service.js';
import {
  ForceDeleteDto,
  PriceModelIdParam,
  PriceModelListQueryDto,
  toModelFilters,
} from './price-params.dto.js';

const READ = ['scope:price.pricemodel_read', 'scope:price.pricemodel_manage'] as const;
const SHOWN_IN = {
  name: 'Accept-Language',
  required: false,
  description: 'Languages for the texts; `*` returns all languages.',
} as const;
const SENT_IN = {
  name: 'Content-Language',
  required: false,
  description: 'Language of the texts; `*` if they are maps. Defaults to the language of the default site.',
} as const;
const LOCATION = {
  Location: { schema: { type: 'string' }, description: 'Path of the price model.' },
} as const;

@ApiTags('Price models')
@Refused(400, 401, 403, 503)
@Controller('price/:tenant/priceModels')
export class PriceModelsController {
  constructor(
    private readonly models: PriceModelService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('price-model.create', { field: 'id' })
  @Authenticated('scope:price.pricemodel_manage')
  @ApiOperation({
    summary: 'Create a price model',
    description:
      'A model defines whether prices are gross or net, the unit that they are for, and their tiers. With ' +
      '`default: true`, it replaces the current default, which applies to new prices without a price model. ' +
      'Texts without `Content-Language` are in the language of the default site.',
  })
  @ApiHeader(SENT_IN)
  @ApiResponse({ status: 201, type: CreatedPriceModelDto, headers: LOCATION })
  @Refused(409, 413, 415)
  async create(
    @Tenant() tenant: string,
    @Body() body: PriceModelInputDto,
    @GivenLanguage() language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedPriceModelDto> {
    const id = await this.models.create(tenant, body.id, toPriceModelInput(body, language));
    void reply.header('Location', locationOf(tenant, id));
    return { id };
  }

  @Get()
  @Authenticated(...READ)
  @ApiOperation({
    summary: 'List price models',
    description:
      '`name` and `description` search the texts of all languages. `Accept-Language` selects the language of ' +
      'names and descriptions; `*` returns all languages.',
  })
  @ApiHeader(SHOWN_IN)
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [PriceModelDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  async list(
    @Tenant() tenant: string,
    @Query() query: PriceModelListQueryDto,
    @WantsTotal() counted: boolean,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceModelDto[]> {
    const page = await this.models.list(tenant, query, toModelFilters(query), counted);
    tellTotal(reply, page.total);
    const defaultLanguage = await this.models.defaultLanguage(tenant);
    return this.pages.write(reply, page, (model) => toPriceModelDto(model, { accepted, defaultLanguage }));
  }

  @Get(':priceModelId')
  @Authenticated(...READ)
  @ApiOperation({
    summary: 'Read a price model',
    description: '`Accept-Language` selects the language of name and description; `*` returns all languages.',
  })
  @ApiHeader(SHOWN_IN)
  @ApiResponse({ status: 200, type: PriceModelDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { priceModelId }: PriceModelIdParam,
    @AcceptedLanguages() accepted: Accepted,
  ): Promise<PriceModelDto> {
    const model = await this.models.read(tenant, priceModelId);
    return toPriceModelDto(model, { accepted, defaultLanguage: await this.models.defaultLanguage(tenant) });
  }

  @Put(':priceModelId')
  @Audited('price-model.save', { param: 'priceModelId' })
  @Authenticated('scope:price.pricemodel_manage')
  @ApiOperation({
    summary: 'Replace a price model, or create it',
    description:
      'Prices refer to tiers by id, so a tier without an id keeps the id of the old tier with the same ' +
      'quantity. With `metadata.version`, the model must exist (else 404) and have that version (else ' +
      '409). Texts without `Content-Language` are in the language of the default site.',
  })
  @ApiHeader(SENT_IN)
  @ApiResponse({
    status: 201,
    type: CreatedPriceModelDto,
    headers: LOCATION,
    description: 'The price model was created.',
  })
  @ApiResponse({ status: 204, description: 'The price model was replaced.' })
  @Refused(404, 409, 413, 415)
  async upsert(
    @Tenant() tenant: string,
    @Param() { priceModelId: id }: PriceModelIdParam,
    @Body() body: PriceModelInputDto,
    @GivenLanguage() language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedPriceModelDto | undefined> {
    const isNew = await this.models.upsert(
      tenant,
      id,
      toPriceModelInput(body, language),
      body.metadata?.version,
    );
    void reply.status(isNew ? 201 : 204);
    if (!isNew) return undefined;
    void reply.header('Location', locationOf(tenant, id));
    return { id };
  }

  @Delete(':priceModelId')
  @Audited('price-model.remove', { param: 'priceModelId' })
  @HttpCode(204)
  @Authenticated('scope:price.pricemodel_manage', 'scope:price.pricemodel_manage_admin')
  @ApiOperation({
    summary: 'Delete a price model',
    description:
      'A model that prices use is refused with 400, unless `forceDelete=true` deletes those prices too; that ' +
      'requires the scope `price.pricemodel_manage_admin`. Deleting a model that does not exist succeeds.',
  })
  @ApiResponse({ status: 204 })
  @NeverRefuses(404)
  async remove(
    @CurrentService() caller: ServicePrincipal,
    @Param() { priceModelId }: PriceModelIdParam,
    @Query() { forceDelete }: ForceDeleteDto,
  ): Promise<void> {
    if (forceDelete) expectAdmin(caller);
    await this.models.remove(caller.tenant, priceModelId, forceDelete);
  }
}

const locationOf = (tenant: string, id: string): string =>
  `/price/${tenant}/priceModels/${encodeURIComponent(id)}`;
