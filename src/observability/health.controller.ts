import { Controller, Get, Logger } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  type HealthCheckResult,
  HealthCheckService,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { Public } from '../auth/index.js';
import { NeverRefuses } from '../http/errors/refusals.js';
import { StoreUnavailable } from '../shared/domain-error.js';
import { Storage } from '../storage/storage.js';
import { Readiness } from './readiness.js';

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  private readonly log = new Logger(HealthController.name);

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly storage: Storage,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @HealthCheck()
  @NeverRefuses(503)
  @ApiOperation({
    summary: 'Check that the process is alive',
    description:
      'For liveness probes. It does not check the store, so that an outage of the store restarts nothing.',
  })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary: 'Check that this instance can serve requests',
    description:
      'For balancers and readiness probes. The answer is 503 while the instance starts or stops, and ' +
      'while its store does not answer. The body names the check that failed.',
  })
  @ApiResponse({ status: 503 })
  ready(): Promise<HealthCheckResult> {
    // While draining, answer at once: waiting for the store may take longer than balancers have to notice.
    const checks = this.readiness.draining ? [] : [() => this.store()];
    return this.health.check([...checks, () => this.serving()]);
  }

  /** The reason goes only to the log, because it names hosts and drivers. */
  private async store() {
    const indicator = this.indicators.check('store');
    try {
      await this.storage.ping();
      return indicator.up({ driver: this.storage.driver });
    } catch (error) {
      this.log.warn({ err: new StoreUnavailable({ cause: error }) }, 'the store does not answer');
      return indicator.down({ driver: this.storage.driver });
    }
  }

  private serving() {
    const indicator = this.indicators.check('serving');
    const { state } = this.readiness;
    return state === 'serving' ? indicator.up() : indicator.down(state);
  }
}
