import { Injectable } from '@nestjs/common';
import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyRequest } from 'fastify';
import { CallerReader } from './sessions/caller-reader.js';

/** Routes whose credential is a cookie: only pages of origins that the tenant named may call with it. */
@Injectable()
export class VtexCors {
  constructor(private readonly callers: CallerReader) {}

  appliesTo(request: FastifyRequest): boolean {
    return /^\/api\/(sessions|segments)(\/|\?|$)/.test(request.url);
  }

  /** Exactly as named, and never `*` or `null` together with credentials. */
  async optionsFor(request: FastifyRequest, general: FastifyCorsOptions): Promise<FastifyCorsOptions> {
    const { settings } = await this.callers.account(request).catch(() => ({ settings: undefined }));
    const origin = [...(settings?.allowedOrigins ?? [])];
    return { ...general, origin, credentials: true };
  }
}
