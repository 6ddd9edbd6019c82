import { Injectable } from '@nestjs/common';

/** Whether this instance wants traffic: once what was declared is loaded, and until it is told to stop. */
@Injectable()
export class Readiness {
  state: 'starting' | 'serving' | 'stopping' = 'starting';

  get draining(): boolean {
    return this.state === 'stopping';
  }
}
