/** A refusal by HTTP itself, before any use case runs. The status alone tells its kind. */
export class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Extra fields of the error body. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Returns the same refusal for what does not exist and for what is hidden. */
export const nothingHere = (message = 'Nothing is served at this path'): HttpRefusal =>
  new HttpRefusal(404, message);
