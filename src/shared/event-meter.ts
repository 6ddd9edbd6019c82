export type DeliveryOutcome = 'delivered' | 'failed' | 'given-up';

/** Measures how events leave the service. `observability/` implements it. */
export abstract class EventMeter {
  /** @param seconds age of the oldest event that has not been handed to all its subscribers; 0 if there is none */
  abstract lag(seconds: number): void;

  abstract delivery(outcome: DeliveryOutcome): void;
}
