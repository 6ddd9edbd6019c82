import type { Interest } from './event.types.js';

/** Whether anybody wants the events of a tenant. For a tenant that nobody watches, no event is made. */
export abstract class Subscribers {
  /** Answers from memory, without a read. */
  abstract wants(tenant: string): boolean;

  /** Records an interest, or renews it. Resolves once all instances make events for the tenant: up to 2 s later. */
  abstract add(tenant: string, interest: Interest): Promise<void>;

  abstract remove(tenant: string, id: string): Promise<void>;
}
