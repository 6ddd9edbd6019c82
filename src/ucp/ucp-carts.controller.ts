import {
  applyDecorators,
  Body,
  Controller,
  Get,
  HttpCode,
  Ip,
  Param,
  Post,
  Put,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated, principalOf } from '../auth/index.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Idempotent } from '../idempotency/index.js';
import { RateLimited } from '../rate-limit/index.js';
import { actingFor } from '../shared/acting-agent.js';
import { UcpCartRequestDto, toWantedCart } from './dto/ucp-cart-request.dto.js';
import { UcpCartDto, UcpRefusalDto } from './dto/ucp-cart.dto.js';
import { AgentGuard, CurrentAgent } from './ucp-agent.js';
import type { CartBody, RefusalBody } from './ucp-answers.rules.js';
import { UcpAnswers } from './ucp-answers.service.js';
import { UcpCartsService } from './ucp-carts.service.js';
import type { ShoppingAgent } from './ucp.types.js';

type Answer = Promise<CartBody | RefusalBody>;

const clientOf = (request: FastifyRequest): readonly string[] => {
  const { tenant = '', clientId = '' } = principalOf(request) ?? {};
  return [tenant, clientId];
};

const CART = { $ref: getSchemaPath(UcpCartDto) };
const REFUSAL = { $ref: getSchemaPath(UcpRefusalDto) };

const Answers = (description: string): MethodDecorator =>
  applyDecorators(
    ApiResponse({
      status: 200,
      description,
      content: { 'application/json': { schema: { anyOf: [CART, REFUSAL] } } },
    }),
    ApiResponse({ status: 422, description: 'The agent speaks another version of the protocol.' }),
    Refused(429),
    // A cart that is not there is an answer of 200 here.
    NeverRefuses(404),
  );

@ApiTags('Agents: carts')
@ApiExtraModels(UcpCartDto, UcpRefusalDto)
@ApiHeader({
  name: 'UCP-Agent',
  required: true,
  description: 'Profile of the agent, as an RFC 8941 dictionary. It is recorded, and never fetched.',
  schema: { type: 'string', maxLength: 300 },
  example: 'profile="https://agent.example/profile"',
})
@Authenticated('scope:ucp.cart_manage')
@Refused(400, 401, 403, 503)
@UseGuards(AgentGuard)
@Controller('ucp/:tenant/carts')
export class UcpCartsController {
  constructor(
    private readonly carts: UcpCartsService,
    private readonly answers: UcpAnswers,
  ) {}

  @Post()
  @Idempotent(409)
  @Audited('agent-cart.create', { field: 'id', byAgent: true })
  @RateLimited('ucp', clientOf)
  @ApiOperation({
    summary: 'Create a cart for a shopper',
    description:
      'Begins a guest’s session with a cart in it. Lines that can’t be sold are named in `messages`. If no line can be ' +
      'sold, nothing is made, and the answer is 200 without an `id`.',
  })
  @ApiResponse({ status: 201, type: UcpCartDto })
  @Answers('Nothing of what is wanted can be sold.')
  @Refused(409, 413, 415)
  async create(
    @Tenant() tenant: string,
    @CurrentAgent() agent: ShoppingAgent,
    @Ip() address: string,
    @Body() body: UcpCartRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    const wanted = toWantedCart(body);
    const outcome = await actingFor(agent, () => this.carts.create(tenant, { ...agent, address }, wanted));
    if (!outcome.found) void reply.status(200);
    return this.answers.of(outcome);
  }

  @Get(':cartId')
  @RateLimited('ucp', clientOf)
  @ApiOperation({
    summary: 'Read a cart of this agent',
    description:
      'Returns prices as they are now. A cart that is gone, canceled, taken over by its shopper or another client’s is ' +
      'answered with 200 and the message `not_found`.',
  })
  @Answers('The cart, or the message `not_found`.')
  async read(
    @Tenant() tenant: string,
    @CurrentAgent() agent: ShoppingAgent,
    @Ip() address: string,
    @Param('cartId') cartId: string,
  ): Answer {
    return this.answers.of(await this.carts.read(tenant, { ...agent, address }, cartId));
  }

  @Put(':cartId')
  @Idempotent(409)
  @Audited('agent-cart.update', { param: 'cartId', byAgent: true })
  @RateLimited('ucp', clientOf)
  @ApiOperation({
    summary: 'Replace what is in a cart of this agent',
    description:
      'Replaces all lines, and the context if it is sent. The cart then lasts for another full lifetime. If lines are ' +
      'wanted and none can be sold, the cart stays as it is.',
  })
  @Answers('The cart, or the message `not_found`.')
  @Refused(409, 413, 415)
  async update(
    @Tenant() tenant: string,
    @CurrentAgent() agent: ShoppingAgent,
    @Ip() address: string,
    @Param('cartId') cartId: string,
    @Body() body: UcpCartRequestDto,
  ): Answer {
    const wanted = toWantedCart(body);
    const update = () => this.carts.update(tenant, { ...agent, address }, cartId, wanted);
    return this.answers.of(await actingFor(agent, update));
  }

  @Post(':cartId/cancel')
  @HttpCode(200)
  @Idempotent(409)
  @Audited('agent-cart.cancel', { param: 'cartId', byAgent: true })
  @RateLimited('ucp', clientOf)
  @ApiOperation({
    summary: 'Cancel a cart of this agent',
    description: 'Returns the cart as it was, and ends its session. It can’t be read afterwards.',
  })
  @Answers('The cart as it was, or the message `not_found`.')
  @Refused(409)
  async cancel(
    @Tenant() tenant: string,
    @CurrentAgent() agent: ShoppingAgent,
    @Ip() address: string,
    @Param('cartId') cartId: string,
  ): Answer {
    const cancel = () => this.carts.cancel(tenant, { ...agent, address }, cartId);
    return this.answers.ofCanceled(await actingFor(agent, cancel));
  }
}
