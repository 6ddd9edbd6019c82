import type { Metric } from 'prom-client';

/** A request that was answered. */
export interface Answered {
  readonly method: string;
  /** Template of the route. */
  readonly route: string;
  readonly status: number;
}

interface Series extends Answered {
  /** Counts per bucket: durations up to each bound and above the previous one. The last bucket is above all bounds. */
  readonly counts: number[];
  sum: number;
}

/**
 * A Prometheus histogram of durations in seconds. It does what prom-client's `Histogram` does, which sorts and joins its
 * labels for each observation: 4 µs of every request.
 */
export class RouteDurations {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly series = new Map<string, Series>();

  constructor(
    readonly name: string,
    readonly help: string,
    /** In ascending order, in seconds. */
    private readonly bounds: readonly number[],
  ) {}

  /** For prom-client's registry, which asks for no more than this class has. */
  asMetric(): Metric {
    return this as unknown as Metric;
  }

  observe({ method, route, status }: Answered, seconds: number): void {
    const key = `${status} ${method} ${route}`;
    let one = this.series.get(key);
    if (!one) {
      one = { method, route, status, counts: this.bounds.map(() => 0).concat(0), sum: 0 };
      this.series.set(key, one);
    }
    let place = 0;
    while (seconds > (this.bounds[place] ?? Number.POSITIVE_INFINITY)) place += 1;
    one.counts[place] = (one.counts[place] ?? 0) + 1;
    one.sum += seconds;
  }

  async get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: [...this.series.values()].flatMap(this.valuesOf) };
  }

  reset(): void {
    this.series.clear();
  }

  private readonly valuesOf = ({ method, route, status, counts, sum }: Series): object[] => {
    const labels = { method, route, status };
    let count = 0;
    const buckets = counts.map((added, place) => {
      count += added;
      const le = this.bounds[place] ?? '+Inf';
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: count },
    ];
  };
}
