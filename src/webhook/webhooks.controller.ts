import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import { Tenant } from '../http/tenant.decorator.js';
import { Idempotent } from '../idempotency/index.js';
import { Clock } from '../shared/clock.js';
import { DeliveryService } from './delivery.service.js';
import {
  ChangeWebhookDto,
  NewWebhookDto,
  RenewWebhookSecretDto,
  toWebhookDto,
  WebhookDto,
  WebhookWithSecretDto,
} from './dto/webhook.dto.js';
import { WebhookDispatcher } from './webhook-dispatcher.js';
import { WebhookService, type WebhookWithSecret } from './webhook.service.js';

@ApiTags('Admin: webhooks')
@Authenticated('scope:event.webhook_manage')
@Controller('admin/:tenant/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly deliveries: DeliveryService,
    private readonly dispatcher: WebhookDispatcher,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Audited('webhook.list')
  @ApiOperation({
    summary: 'List webhooks',
    description: 'Returns all webhooks of the tenant, the oldest first. No answer contains a secret.',
  })
  @ApiResponse({ status: 200, type: [WebhookDto] })
  async list(@Tenant() tenant: string): Promise<WebhookDto[]> {
    const now = this.clock.now();
    return (await this.webhooks.list(tenant)).map((webhook) => toWebhookDto(webhook, now));
  }

  @Post()
  @Idempotent()
  @Audited('webhook.create')
  @ApiOperation({
    summary: 'Create a webhook',
    description:
      'Only this answer shows the secret. The webhook gets the events that happen from then on, each signed by ' +
      'Standard Webhooks. A tenant has at most 20 webhooks.',
  })
  @ApiResponse({
    status: 201,
    type: WebhookWithSecretDto,
    headers: { Location: { schema: { type: 'string' } } },
  })
  async create(
    @Tenant() tenant: string,
    @Body() { url, types, description, enabled = true }: NewWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretDto> {
    const made = await this.webhooks.create(tenant, { url, types, description, enabled });
    await this.dispatcher.wake();
    void reply.header('Location', `/admin/${tenant}/webhooks/${made.webhook.id}`);
    return this.withSecret(made);
  }

  @Get(':webhookId')
  @Audited('webhook.read', { param: 'webhookId' })
  @ApiOperation({
    summary: 'Read a webhook',
    description: 'Tells when each earlier secret that still signs ends. It never returns a secret.',
  })
  @ApiResponse({ status: 200, type: WebhookDto })
  @Refused(404)
  async read(@Tenant() tenant: string, @Param('webhookId') id: string): Promise<WebhookDto> {
    return toWebhookDto(await this.webhooks.read(tenant, id), this.clock.now());
  }

  @Patch(':webhookId')
  @Idempotent()
  @Audited('webhook.change', { param: 'webhookId' })
  @ApiOperation({
    summary: 'Change a webhook, or switch it on or off',
    description:
      'Fields that are left out keep their value. While a webhook is off, nothing is sent; once it is on again, it gets ' +
      'the events from then on, and what was still open. With `metadata.version`, any other current version is 409.',
  })
  @ApiResponse({ status: 200, type: WebhookDto })
  @Refused(404, 409)
  async change(
    @Tenant() tenant: string,
    @Param('webhookId') id: string,
    @Body() { metadata, url, types, description, enabled }: ChangeWebhookDto,
  ): Promise<WebhookDto> {
    const changes = { url, types, description, enabled };
    const webhook = await this.webhooks.change(tenant, id, changes, metadata?.version);
    await this.dispatcher.wake();
    return toWebhookDto(webhook, this.clock.now());
  }

  @Delete(':webhookId')
  @Idempotent()
  @Audited('webhook.remove', { param: 'webhookId' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a webhook',
    description: 'Its deliveries are removed, too, and open ones are not sent.',
  })
  @ApiResponse({ status: 204 })
  @Refused(404)
  async remove(@Tenant() tenant: string, @Param('webhookId') id: string): Promise<void> {
    await this.deliveries.removeWebhook(tenant, id);
    await this.dispatcher.wake();
  }

  @Post(':webhookId/secret')
  @Idempotent()
  @Audited('webhook.renew-secret', { param: 'webhookId' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a webhook a new secret',
    description:
      'Only this answer shows the new secret. For `overlapSeconds`, requests are signed with both, so that the receiver ' +
      'can change over; with 0, the earlier secret stops now.',
  })
  @ApiResponse({ status: 200, type: WebhookWithSecretDto })
  @Refused(404, 409)
  async renewSecret(
    @Tenant() tenant: string,
    @Param('webhookId') id: string,
    @Body() { overlapSeconds = 0, metadata }: RenewWebhookSecretDto,
  ): Promise<WebhookWithSecretDto> {
    const renewed = await this.webhooks.renewSecret(tenant, id, overlapSeconds, metadata?.version);
    await this.dispatcher.wake();
    return this.withSecret(renewed);
  }

  private withSecret({ webhook, secret }: WebhookWithSecret): WebhookWithSecretDto {
    return { ...toWebhookDto(webhook, this.clock.now()), secret };
  }
}
