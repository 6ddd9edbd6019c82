import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { NeverRefuses } from '../http/errors/refusals.js';
import { Metrics } from './metrics.js';

@ApiTags('Health')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @NeverRefuses(503)
  @ApiOperation({
    summary: 'Read metrics for Prometheus',
    description:
      'Returns request durations by route template, failures of session apps, mails, deleted records and process ' +
      'metrics, in the Prometheus text format. Labels never contain ids or tokens. `PUBLIC_METRICS` decides ' +
      'whether the public port serves it.',
  })
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
