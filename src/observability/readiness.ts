import { Injectable } from '@nestjs/common';

/** Whether this instance wants traffic: not any more once it was told to stop. */
@Injectable()
export class Readiness {
  private stopping = false;

  get draining(): boolean {
    return this.stopping;
  }

  drain(): void {
    this.stopping = true;
  }
}
