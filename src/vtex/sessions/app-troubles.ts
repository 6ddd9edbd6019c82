import { Injectable, Logger } from '@nestjs/common';
import { type Cycle, failedApps } from '../transforms/engine.rules.js';

/** Counts by `outcome`: `looping` or `contested`; the code that makes the calls counts the failed ones. */
export abstract class AppTroubleCounter {
  abstract readonly appTroubles: { inc(labels: { readonly outcome: string }): void };
}

/** Names of apps, for the headers of the answer (D-15, D-16). */
export interface Troubles {
  readonly looping: readonly string[];
  readonly failed: readonly string[];
}

/** Tells the operator of apps that loop, or write against each other. */
@Injectable()
export class AppTroubles {
  private readonly log = new Logger(AppTroubles.name);

  constructor(private readonly counter: AppTroubleCounter) {}

  tell(tenant: string, cycle: Cycle): Troubles {
    const troubles = { looping: [...cycle.looping], failed: failedApps(cycle) };
    if (troubles.looping.length > 0) {
      this.counter.appTroubles.inc({ outcome: 'looping' });
      this.log.warn(
        { tenant, apps: troubles.looping },
        'session apps were stopped: they change what they watch',
      );
    }
    for (const { parameter, apps } of cycle.contests) {
      this.counter.appTroubles.inc({ outcome: 'contested' });
      this.log.warn({ tenant, parameter, apps }, 'session apps wrote one value at once: the last one won');
    }
    return troubles;
  }
}
