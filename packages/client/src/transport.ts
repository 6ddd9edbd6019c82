import { errorOf, NotFound, NotSignedIn, Unreachable } from './errors.js';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly credentials?: RequestCredentials;
}

/** Whose token a request carries. */
export interface Bearer {
  /** @param refused a token that was just answered with 401, so that another one is needed */
  token(refused?: string): Promise<string>;
  /** The token as it is now, and whose it is. Begins nothing. @returns undefined if there is none */
  held(): Promise<HeldToken | undefined>;
}

export interface HeldToken {
  readonly token: string;
  /** Id of the session or the client. */
  readonly owner: string;
}

export type Fetch = typeof globalThis.fetch;

/** Sends requests to one service. */
export class Transport {
  private readonly base: string;
  private readonly fetch: Fetch;

  /** @param url address of the service, with a path if a proxy adds one: `https://shop.example/session` */
  constructor(url: string, fetch: Fetch = globalThis.fetch) {
    this.base = url.replace(/\/+$/, '');
    // Browsers refuse `fetch` as the method of another object.
    this.fetch = (...request) => fetch(...request);
  }

  /** Returns an answer that is 2xx. @throws OneSessionError */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.answer(method, path, options);
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  /** Renews the token and sends once more if the token has ended before its time. @throws OneSessionError */
  async sendAs(
    bearer: Bearer,
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Response> {
    const token = await bearer.token();
    try {
      return await this.send(method, path, withToken(options, token));
    } catch (error) {
      if (!(error instanceof NotSignedIn && error.isAboutToken)) throw error;
      return this.send(method, path, withToken(options, await bearer.token(token)));
    }
  }

  private async answer(method: string, path: string, options: RequestOptions): Promise<Response> {
    const { body, form, headers, signal, credentials = 'omit' } = options;
    const init: RequestInit = {
      method,
      credentials,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: new URLSearchParams(form) }),
      ...(signal && { signal }),
    };
    try {
      return await this.fetch(`${this.base}${path}${queryOf(options.query)}`, init);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable(error);
    }
  }
}

const withToken = (options: RequestOptions, token: string): RequestOptions => ({
  ...options,
  headers: { ...options.headers, authorization: `Bearer ${token}` },
});

function queryOf(query: Query = {}): string {
  const items = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(items.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}

/** Whether a part of a path can name it: URLs drop `.` and `..`, even when they are percent-encoded. */
export const isNameable = (text: string): boolean => !['', '.', '..'].includes(text);

/** @throws NotFound if an id of dots would lead to another path */
export function pathOf(...parts: readonly string[]): string {
  if (!parts.every(isNameable)) throw new NotFound(404, 'Nothing has an id that is empty, . or ..');
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** @returns undefined for an answer without a body */
export async function jsonOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
