import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handler } from './controllers.js';

/** What guards, decorators of parameters and filters see of a request. Nest's own makes three closures a call. */
export class DirectContext implements ExecutionContext {
  constructor(
    private readonly handler: Handler,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  getClass<T>(): T {
    return this.handler.controller as T;
  }

  getHandler(): Function {
    return this.handler.call;
  }

  getArgs<T extends unknown[]>(): T {
    return [this.request, this.reply] as unknown as T;
  }

  getArgByIndex<T>(index: number): T {
    return this.getArgs()[index] as T;
  }

  getType<T extends string>(): T {
    return 'http' as T;
  }

  switchToHttp(): this {
    return this;
  }

  getRequest<T>(): T {
    return this.request as T;
  }

  getResponse<T>(): T {
    return this.reply as T;
  }

  getNext(): never {
    throw new Error('No middleware runs here');
  }

  switchToRpc(): never {
    throw new Error('This is a request by HTTP');
  }

  switchToWs(): never {
    throw new Error('This is a request by HTTP');
  }
}
