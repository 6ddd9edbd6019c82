/** Counts the live streams of this instance. `observability/`, which can't be imported here, implements it. */
export abstract class StreamGauge {
  abstract changed(by: 1 | -1): void;
}
