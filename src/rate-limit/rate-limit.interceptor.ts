import { type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.schema.js';
import { Around } from '../http/around.js';
import { DomainError } from '../shared/domain-error.js';
import type { End } from './guesses-under-way.js';
import { LIMITED_METADATA, type LimitedRoute } from './limited-route.js';
import { type Limit, LIMITS, rateLimitHeader, tightest } from './limits.rules.js';
import { RateLimitService } from './rate-limit.service.js';
import type { LimitedCaller, Quota } from './rate-limit.types.js';

interface LimitedCall {
  readonly limit: Limit;
  readonly caller: LimitedCaller;
  readonly reply: FastifyReply;
  readonly ends: End[];
}

/** Limits a route. It runs after the access guard and before the body is validated. */
@Injectable()
export class RateLimitInterceptor extends Around {
  private readonly log = new Logger(RateLimitInterceptor.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimitService,
    private readonly config: Config,
  ) {
    super();
  }

  override async around(context: ExecutionContext, answer: () => Promise<unknown>): Promise<unknown> {
    if (this.config.RATE_LIMITS === 'off') return answer();
    const route = this.reflector.get<LimitedRoute>(LIMITED_METADATA, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const limit: Limit = LIMITS[route.limit];
    const caller = { subject: route.subjectOf(request), address: request.ip };
    const ends: End[] = [];
    try {
      return await this.limited(answer, { limit, caller, reply, ends });
    } finally {
      for (const end of ends) end();
    }
  }

  private async limited(
    answer: () => Promise<unknown>,
    { limit, caller, reply, ends }: LimitedCall,
  ): Promise<unknown> {
    const admitted = await this.limits.consume(limit, caller, ends);
    tell(reply, admitted);
    try {
      const body = await answer();
      tell(reply, await this.settle(() => this.limits.forgiveTries(limit, caller)));
      return body;
    } catch (error) {
      tell(reply, admitted, await this.countIfRefused(error, limit, caller));
      throw error;
    }
  }

  /** Counts a wrong guess. An invalid field, an overloaded machine or an unreachable store does not count as one. */
  private async countIfRefused(
    error: unknown,
    limit: Limit,
    caller: LimitedCaller,
  ): Promise<Quota | undefined> {
    const guessed = limit.guessed ?? 'unauthenticated';
    if (error instanceof DomainError && error.kind === guessed)
      return this.limits.countFailure(limit, caller);
    await this.settle(() => this.limits.giveTryBack(limit, caller));
    return undefined;
  }

  /** The response does not depend on whether the store takes back a point, which expires anyway. */
  private async settle<R>(giveBack: () => Promise<R>): Promise<R | undefined> {
    try {
      return await giveBack();
    } catch (error) {
      this.log.warn({ err: error }, 'A point of a rate limit could not be given back');
      return undefined;
    }
  }
}

/** Sends the quota that will be used up first. */
function tell(reply: FastifyReply, ...quotas: readonly (Quota | undefined)[]): void {
  const quota = tightest(quotas.filter((one) => one !== undefined));
  if (quota) void reply.header('ratelimit', rateLimitHeader(quota));
}
