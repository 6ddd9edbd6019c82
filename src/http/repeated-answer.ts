/** An answer that was given before. It is thrown, so that the handler does not run, and sent as it is. */
export class RepeatedAnswer extends Error {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
  ) {
    super('The answer was given before');
  }
}

/** Marks an answer that was given before. */
export const REPEATED = 'idempotency-replayed';
