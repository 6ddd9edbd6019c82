/** How many answers there were of each status. */
export function tallyOf(answers: readonly { readonly status: number }[]): Readonly<Record<number, number>> {
  const tally: Record<number, number> = {};
  for (const { status } of answers) tally[status] = (tally[status] ?? 0) + 1;
  return tally;
}

/** All at once. */
export const atOnce = <T>(count: number, call: (i: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => call(i)));
