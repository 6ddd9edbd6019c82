import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CartModule } from '../cart/index.js';
import { CustomerAdminModule } from '../customer-admin/index.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';
import { StoreGauges } from './store-gauges.js';
import { Sweeper } from './sweeper.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), CartModule, CustomerAdminModule],
  controllers: [HealthController, MetricsController],
  providers: [Metrics, Readiness, StoreGauges, Sweeper],
  exports: [Metrics, Readiness, Sweeper],
})
export class ObservabilityModule {}
