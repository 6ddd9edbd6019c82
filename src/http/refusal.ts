/** Why HTTP itself refuses a request, before any use case could: its status is all that there is to say of its kind. */
export class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** One text for what is not there and for what is not shown. */
export const nothingHere = (): HttpRefusal => new HttpRefusal(404, 'Nothing is served at this path');
