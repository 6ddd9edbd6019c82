/** A measurement at a point in time. */
export interface Sample {
  readonly hours: number;
  readonly value: number;
}

export interface Slope {
  /** Of the line that fits best, by least squares. */
  readonly perHour: number;
  /** The standard error of `perHour`, as if what is left of each sample had nothing to do with its neighbours'. */
  readonly error: number;
}

/** @param samples at least three, not all at one time */
export function slopeOf(samples: readonly Sample[]): Slope {
  const count = samples.length;
  const meanHours = sum(samples.map(({ hours }) => hours)) / count;
  const meanValue = sum(samples.map(({ value }) => value)) / count;
  const spread = sum(samples.map(({ hours }) => (hours - meanHours) ** 2));
  const perHour = sum(samples.map(({ hours, value }) => (hours - meanHours) * (value - meanValue))) / spread;
  const left = samples.map(({ hours, value }) => value - meanValue - perHour * (hours - meanHours));
  const variance = sum(left.map((one) => one ** 2)) / (count - 2);
  return { perHour, error: Math.sqrt(variance / spread) };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
