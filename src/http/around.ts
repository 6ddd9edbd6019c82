import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';

/**
 * An interceptor for handlers that return one value, as all of ours do. The direct handlers (decision 0048) call `around`;
 * Nest's router, which has the routes that they leave to it, `intercept`.
 */
export abstract class Around implements NestInterceptor {
  /** @param answer checks the arguments and calls the handler @returns the body to send */
  abstract around(context: ExecutionContext, answer: () => Promise<unknown>): Promise<unknown>;

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.around(context, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}
