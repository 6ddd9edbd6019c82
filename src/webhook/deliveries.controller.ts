import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Idempotent } from '../idempotency/index.js';
import type { Condition, Listing } from '../shared/filter/filter.types.js';
import { DeliveryService } from './delivery.service.js';
import {
  DeliveriesQueryDto,
  DeliveryDto,
  toDeliveryDto,
  toTestDto,
  WebhookTestDto,
} from './dto/delivery.dto.js';
import { WebhookDispatcher } from './webhook-dispatcher.js';

const LIST: ListSpec = {
  fields: { createdAt: { kind: 'date', path: 'createdAt' } },
  sortable: ['createdAt'],
  defaultSort: 'createdAt:desc',
  pageSize: 60,
};

const RETRY = {
  summary: 'Retry a delivery now',
  description:
    'Sends the event again, with the same `webhook-id`. If that fails, further attempts follow as after a first one. A ' +
    'delivered event is no longer kept, so it can’t be retried (409).',
};

@ApiTags('Admin: webhooks')
@Authenticated('scope:event.webhook_manage')
@Controller('admin/:tenant/webhooks')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly dispatcher: WebhookDispatcher,
  ) {}

  @Get(':webhookId/deliveries')
  @Audited('webhook.list-deliveries', { param: 'webhookId' })
  @ApiOperation({
    summary: 'List the deliveries of a webhook',
    description:
      'The newest come first, 60 per page. Delivered ones are kept for three days, others for two weeks.',
  })
  @ApiTotalCount()
  @ApiResponse({ status: 200, type: [DeliveryDto], headers: TOTAL_COUNT })
  @Refused(404)
  async list(
    @Tenant() tenant: string,
    @Param('webhookId') id: string,
    @Query() query: DeliveriesQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryDto[]> {
    const { rows, total } = await this.deliveries.list(tenant, id, listingOf(query, counted));
    tellTotal(reply, total);
    return rows.map(toDeliveryDto);
  }

  @Post(':webhookId/test')
  @Idempotent()
  @Audited('webhook.test', { param: 'webhookId' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send a test',
    description:
      'Posts an event of type `onesession.webhook.test`, signed like any other, and tells what the target answered. It is ' +
      'sent once, even if the webhook is off, and is not among the deliveries.',
  })
  @ApiResponse({ status: 200, type: WebhookTestDto })
  @Refused(404)
  async test(@Tenant() tenant: string, @Param('webhookId') id: string): Promise<WebhookTestDto> {
    return toTestDto(await this.deliveries.test(tenant, id));
  }

  @Post(':webhookId/deliveries/:deliveryId/retry')
  @Idempotent()
  @Audited('webhook.retry', { param: 'deliveryId' })
  @HttpCode(202)
  @ApiOperation(RETRY)
  @ApiResponse({ status: 202, type: DeliveryDto })
  @Refused(404, 409)
  retryOfWebhook(
    @Tenant() tenant: string,
    @Param('webhookId') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<DeliveryDto> {
    return this.retried(tenant, deliveryId.startsWith(`${id}-`) ? deliveryId : '');
  }

  @Post('deliveries/:deliveryId/retry')
  @Idempotent()
  @Audited('webhook.retry-delivery', { param: 'deliveryId' })
  @HttpCode(202)
  @ApiOperation(RETRY)
  @ApiResponse({ status: 202, type: DeliveryDto })
  @Refused(404, 409)
  retry(@Tenant() tenant: string, @Param('deliveryId') deliveryId: string): Promise<DeliveryDto> {
    return this.retried(tenant, deliveryId);
  }

  private async retried(tenant: string, deliveryId: string): Promise<DeliveryDto> {
    const delivery = await this.deliveries.retry(tenant, deliveryId);
    await this.dispatcher.wake();
    return toDeliveryDto(delivery);
  }
}

function listingOf({ state, ...query }: DeliveriesQueryDto, counted: boolean): Listing {
  const listing = toListing(query, LIST, counted);
  const wanted: Condition[] = state === undefined ? [] : [{ op: 'eq', path: 'state', value: state }];
  return { ...listing, filter: [...listing.filter, ...wanted] };
}
