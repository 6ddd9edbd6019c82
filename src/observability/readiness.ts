import { Injectable } from '@nestjs/common';

/** Whether this instance wants traffic: from when the declared tenants are loaded until it is told to stop. */
@Injectable()
export class Readiness {
  state: 'starting' | 'serving' | 'stopping' = 'starting';

  get draining(): boolean {
    return this.state === 'stopping';
  }
}
