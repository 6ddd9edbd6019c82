import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.schema.js';
import { HttpRefusal } from '../http/refusal.js';

/** Without the console, its routes are not there. */
@Injectable()
export class ConsoleSwitch implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.config.CONSOLE === 'on') return true;
    const { method, url } = context.switchToHttp().getRequest<FastifyRequest>();
    throw new HttpRefusal(404, `Cannot ${method} ${url}: the console is off. Set CONSOLE=on to have it`);
  }
}
