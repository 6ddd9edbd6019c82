import { Body, Controller, Delete, HttpCode, Param, Patch } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated, CurrentService, type ServicePrincipal } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { Reason } from '../../http/reason.decorator.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { Idempotent } from '../../idempotency/index.js';
import { SessionService } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { toViewedSessionDto, ViewedSessionDto } from '../listing/session-view.dto.js';
import { SessionViewService } from '../listing/session-view.service.js';
import { ContextChangeService } from './context-change.service.js';
import { ChangeContextDto, ContextChangedDto } from './session-changes.dto.js';

@ApiTags('Admin: sessions')
@ApiExtraModels(ContextChangedDto)
@Authenticated('scope:session.session_manage')
@Refused(400, 401, 403, 404, 503)
@Controller('admin/:tenant/sessions/:sessionId')
export class SessionChangesController {
  constructor(
    private readonly changes: ContextChangeService,
    private readonly sessions: SessionService,
    private readonly views: SessionViewService,
    private readonly clock: Clock,
  ) {}

  @Patch('context')
  @Idempotent()
  @Audited('session.change', { param: 'sessionId' })
  @ApiOperation({
    summary: 'Change the context of a session for its shopper',
    description:
      'Send the `metadata.version` that you read; if the context has changed since, the answer is 409 with ' +
      '`currentVersion`. Works for guests and for customers. The cart goes along to another site or currency, with ' +
      'the prices there; an item without a price there is 400, and nothing changes. If the shopper already has a cart ' +
      'at that site, that one becomes the active cart. The shopper sees the change with their next read. The reason ' +
      'is kept in the history.',
  })
  @ApiResponse({ status: 200, type: ViewedSessionDto })
  @ApiResponse({
    status: 409,
    description: '`metadata.version` is not the current version, or the cart kept changing.',
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ContextChangedDto) } } },
  })
  @Refused(413, 415)
  async change(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @CurrentService() { clientId }: ServicePrincipal,
    @Body() { metadata, ...values }: ChangeContextDto,
    @Reason() reason?: string,
  ): Promise<ViewedSessionDto> {
    const by = { kind: 'employee', id: clientId, ...(reason !== undefined && { reason }) } as const;
    const change = { ...values, version: metadata.version };
    await this.changes.change({ tenant, sessionId }, change, by);
    return toViewedSessionDto(await this.views.read({ tenant, sessionId }), this.clock.now());
  }

  @Delete()
  @Idempotent()
  @Audited('session.end', { param: 'sessionId' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a session',
    description:
      'Every instance refuses its tokens and cookies at once. The cart of a guest ends with it, that of a customer ' +
      'stays.',
  })
  @ApiNoContentResponse()
  end(@Tenant() tenant: string, @Param('sessionId') sessionId: string): Promise<void> {
    return this.sessions.endKnown({ tenant, sessionId }, 'employee');
  }
}
