/**
 * Tells the times of the spans that one process adds to a trace. By itself, the SDK begins each span at a whole millisecond, so
 * a short one could lie outside the span that it is part of. Here the date is taken once, and what follows is measured from it.
 */
export class SpanClock {
  private readonly offset = Date.now() - performance.now();

  /** Milliseconds since 1970, with fractions. */
  now(): number {
    return this.offset + performance.now();
  }
}
