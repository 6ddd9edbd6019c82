import { Injectable, Logger } from '@nestjs/common';
import { type Cycle, failedApps } from '../transforms/engine.rules.js';

/** Counts by `outcome`: `looping` or `contested`. Failed calls are counted where the calls are made. */
export abstract class AppTroubleCounter {
  abstract readonly appTroubles: { inc(labels: { readonly outcome: string }): void };
}

/** Names of apps, for the headers of the response (D-15, D-16). */
export interface Troubles {
  readonly looping: readonly string[];
  readonly failed: readonly string[];
}

/** Tells the operator about apps that loop or overwrite each other. */
@Injectable()
export class AppTroubles {
  private readonly log = new Logger(AppTroubles.name);

  constructor(private readonly counter: AppTroubleCounter) {}

  tell(tenant: string, cycle: Pick<Cycle, 'rounds' | 'contests' | 'looping'>): Troubles {
    const troubles = { looping: [...cycle.looping], failed: failedApps(cycle) };
    if (troubles.looping.length > 0) {
      this.counter.appTroubles.inc({ outcome: 'looping' });
      this.log.warn(
        { tenant, apps: troubles.looping },
        'session apps were stopped: they keep changing what they watch',
      );
    }
    for (const { parameter, apps } of cycle.contests) {
      this.counter.appTroubles.inc({ outcome: 'contested' });
      this.log.warn(
        { tenant, parameter, apps },
        'session apps wrote different values to one parameter at once: the last one won',
      );
    }
    return troubles;
  }
}
