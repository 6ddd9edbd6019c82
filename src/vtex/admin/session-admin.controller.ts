import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { askedValues } from '../cycle/requested-values.rules.js';
import { ImpersonationRepository } from '../impersonation/impersonation.repository.js';
import { ChangeSessionDto } from '../sessions/session.dto.js';
import { DryRunDto, ExplanationDto, toDryRunDto, toExplanationDto } from './explain.dto.js';
import { ExplainService } from './explain.service.js';
import { ImpersonationDto, toImpersonationDto } from './impersonation.dto.js';

/** Default number of impersonations in a list. */
const PAGE_SIZE = 60;

@ApiTags('Admin: sessions')
@Authenticated('scope:session_context.context_manage')
@Refused(400, 401, 403, 503)
@Controller('admin/:tenant')
export class SessionAdminController {
  constructor(
    private readonly explanations: ExplainService,
    private readonly impersonations: ImpersonationRepository,
  ) {}

  @Get('sessions/:sessionId/explain')
  @Audited('session.explain', { param: 'sessionId' })
  @Authenticated('scope:session_context.context_manage', 'scope:session.session_read')
  @ApiOperation({
    summary: 'Explain where the values of a session come from',
    description:
      'For support. Says for each value who or what set it and when, with its names in both dialects. ' +
      'Reads what is stored; it neither changes the session nor calls an app.',
  })
  @ApiResponse({ status: 200, type: ExplanationDto })
  @Refused(404, 409)
  async explain(@Tenant() tenant: string, @Param('sessionId') sessionId: string): Promise<ExplanationDto> {
    return toExplanationDto(await this.explanations.explain({ tenant, sessionId }));
  }

  @Post('sessions/:sessionId/dry-run')
  @Audited('session.dry-run', { param: 'sessionId', reads: true })
  @HttpCode(200)
  @ApiOperation({
    summary: 'Try a change of a session without saving it',
    description:
      'Send the change under `public`, as to `POST /api/sessions`. The response lists the calls of apps, the ' +
      'values that would change and the inputs that would be ignored. The tenant’s apps are actually ' +
      'called; cookies are not considered.',
  })
  @ApiBody({ type: ChangeSessionDto, required: false })
  @ApiResponse({ status: 200, type: DryRunDto })
  @Refused(404, 409, 413, 415)
  async dryRun(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @Body() body?: ChangeSessionDto,
  ): Promise<DryRunDto> {
    const asked = askedValues(undefined, body?.public);
    return toDryRunDto(await this.explanations.dryRun({ tenant, sessionId }, asked));
  }

  @Get('impersonations')
  @Audited('impersonation.list')
  @ApiOperation({
    summary: 'List impersonations',
    description:
      'Says who acted as which customer, until when, and for what reason, if one was given. Returns the ' +
      'newest 60, or as many as `pageSize` says; there are no further pages.',
  })
  @ApiResponse({ status: 200, type: [ImpersonationDto] })
  async list(@Tenant() tenant: string, @Query() { pageSize }: PageQueryDto): Promise<ImpersonationDto[]> {
    return (await this.impersonations.list(tenant, pageSize ?? PAGE_SIZE)).map(toImpersonationDto);
  }
}
