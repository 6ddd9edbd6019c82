/** Adds decimal numbers as they are written: 0.1 and 0.2 give 0.3. */
export function exactSum(values: readonly number[]): number {
  const parts = values.map(unitsOf);
  const scale = Math.min(0, ...parts.map(({ exponent }) => exponent));
  const total = parts.reduce((sum, { units, exponent }) => sum + units * 10n ** BigInt(exponent - scale), 0n);
  return Number(`${total}e${scale}`);
}

/** 12.5 is 125 units of 10^-1. */
function unitsOf(value: number): { readonly units: bigint; readonly exponent: number } {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  return { units: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
