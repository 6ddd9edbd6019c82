/** Measures transform cycles. `observability/`, which can't be imported here, implements it. */
export abstract class TransformMeter {
  abstract cycle(rounds: number, milliseconds: number): void;
}
