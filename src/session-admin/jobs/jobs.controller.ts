import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { Idempotent } from '../../idempotency/index.js';
import { EndSessionsQueryDto, JobDto, StartedJobDto, toJobDto } from './job.dto.js';
import { JobService } from './job.service.js';

@ApiTags('Admin: sessions')
@Authenticated('scope:session.session_manage')
@Refused(400, 401, 403, 503)
@Controller('admin/:tenant')
export class JobsController {
  constructor(private readonly jobs: JobService) {}

  @Delete('sessions')
  @Idempotent()
  @Audited('session.end-many')
  @HttpCode(202)
  @ApiOperation({
    summary: 'End all sessions that began before a time',
    description:
      'Starts a job and answers at once. The job ends the sessions in batches, each of them on every instance at ' +
      'once. It continues after a restart. Carts of customers stay.',
  })
  @ApiResponse({ status: 202, type: StartedJobDto })
  async endSessions(
    @Tenant() tenant: string,
    @Query() selection: EndSessionsQueryDto,
  ): Promise<StartedJobDto> {
    return { job: await this.jobs.endSessions(tenant, { ...selection }) };
  }

  @Get('jobs/:job')
  @Audited('job.read', { param: 'job' })
  @ApiOperation({
    summary: 'Read the progress of a job',
    description: 'A job can be read for a week after it is done.',
  })
  @ApiResponse({ status: 200, type: JobDto })
  @Refused(404)
  async job(@Tenant() tenant: string, @Param('job') id: string): Promise<JobDto> {
    return toJobDto(await this.jobs.find(tenant, id));
  }
}
