import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AddressBudgets } from './address-budgets.js';
import { RateLimitService } from './rate-limit.service.js';
import { WrittenBytesGuard } from './written-bytes.guard.js';

/** Global: an interceptor is made in the module of the controller that it surrounds. */
@Global()
@Module({
  providers: [RateLimitService, AddressBudgets, { provide: APP_GUARD, useClass: WrittenBytesGuard }],
  exports: [RateLimitService, AddressBudgets],
})
export class RateLimitModule {}
