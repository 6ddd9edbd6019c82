import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.schema.js';
import { PriceModule } from '../price/index.js';
import { SessionHandoverModule } from '../session-handover/index.js';
import { AgentCarts } from './agent-carts.service.js';
import { HandoverLinks, SessionHandoverLinks } from './handover-links.js';
import { UcpAnswers } from './ucp-answers.service.js';
import { UcpCartsController } from './ucp-carts.controller.js';
import { UcpCartsService } from './ucp-carts.service.js';
import { UcpDiscoveryController } from './ucp-discovery.controller.js';
import { UcpLinesService } from './ucp-lines.service.js';

/** The dialect of shopping agents. Empty unless it is asked for. */
@Module({})
export class UcpModule {
  static of({ UCP }: Config): DynamicModule {
    if (UCP === 'off') return { module: UcpModule };
    return {
      module: UcpModule,
      imports: [PriceModule, SessionHandoverModule],
      controllers: [UcpDiscoveryController, UcpCartsController],
      providers: [
        AgentCarts,
        UcpAnswers,
        UcpCartsService,
        UcpLinesService,
        { provide: HandoverLinks, useClass: SessionHandoverLinks },
      ],
    };
  }
}
