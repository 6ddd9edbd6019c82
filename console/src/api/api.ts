import { ApiError, errorOf } from './api-error.ts';
import type { Page } from './types.ts';

export interface Credential {
  readonly token: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

interface Options {
  readonly query?: Query;
  readonly body?: unknown;
  readonly reason?: string;
  readonly accept?: string;
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
}

/** How many items a list shows at once. */
const PAGE_SIZE = 50;

/** Asks for another sign-in. Resolves with a new credential; never, if the person gives up. */
export type Renew = () => Promise<Credential>;

/** The public and the admin API of one tenant. The token is here, in memory, and nowhere else. */
export class Api {
  constructor(
    /** Address of the public API; empty if it is this page's. */
    private readonly publicUrl: string,
    private credential: Credential,
    private readonly renew: Renew,
  ) {}

  get tenant(): string {
    return this.credential.tenant;
  }

  get clientId(): string {
    return this.credential.clientId;
  }

  holds(scope: string): boolean {
    return this.credential.scopes.includes(scope);
  }

  /** A route below `/admin/{tenant}`. */
  admin<T>(method: string, path: string, options: Options = {}): Promise<T> {
    return this.answer<T>(method, `..${`/admin/${this.tenant}${path}`}`, options);
  }

  /** A route of the public API, such as `/site/{tenant}/sites`. */
  shop<T>(method: string, service: string, path: string, options: Options = {}): Promise<T> {
    return this.answer<T>(method, this.shopUrl(service, path), options);
  }

  /** As `admin`, for a list that goes by `offset`. @param cursor where the page begins; absent for the first one */
  adminPage<T>(path: string, query: Query, cursor: string | undefined): Promise<Page<T>> {
    return this.pageOf<T>(`../admin/${this.tenant}${path}`, query, cursor);
  }

  /** As `shop`, for a list that goes by `offset`. @param cursor where the page begins; absent for the first one */
  shopPage<T>(service: string, path: string, query: Query, cursor: string | undefined): Promise<Page<T>> {
    return this.pageOf<T>(this.shopUrl(service, path), query, cursor);
  }

  /** As `admin`, for what is saved as a file. */
  async adminFile(path: string, accept: string): Promise<Blob> {
    const response = await this.send('GET', `../admin/${this.tenant}${path}`, { accept });
    return response.blob();
  }

  /**
   * Opens a stream below `/admin/{tenant}`. It asks nobody to sign in again, because nobody has asked for it.
   * @returns undefined while the sign-in has expired
   */
  async stream(
    path: string,
    query: Query,
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): Promise<Response | undefined> {
    if (this.credential.expiresAt <= Date.now()) return undefined;
    return this.fetched('GET', `../admin/${this.tenant}${path}`, {
      query,
      accept: 'text/event-stream',
      signal,
      ...(lastEventId !== undefined && { lastEventId }),
    });
  }

  private shopUrl(service: string, path: string): string {
    const base = this.publicUrl === '' ? '..' : this.publicUrl;
    return `${base}/${service}/${this.tenant}${path}`;
  }

  /** Asks for one item more than are shown, so that the last page is known to be the last. */
  private async pageOf<T>(url: string, query: Query, cursor = '0'): Promise<Page<T>> {
    const asked = { ...query, pageSize: PAGE_SIZE + 1, offset: cursor };
    const response = await this.send('GET', url, { query: asked });
    const found: readonly T[] = await response.json();
    const items = found.slice(0, PAGE_SIZE);
    // A page also ends early when its rows are large.
    const isCut = found.length > PAGE_SIZE || response.headers.get('x-page-truncated') === 'true';
    return { items, ...(isCut && { next: String(Number(cursor) + items.length) }) };
  }

  private async answer<T>(method: string, url: string, options: Options): Promise<T> {
    const response = await this.send(method, url, options);
    const text = await response.text();
    return JSON.parse(text === '' ? 'null' : text);
  }

  private async send(method: string, url: string, options: Options): Promise<Response> {
    if (this.credential.expiresAt <= Date.now()) this.credential = await this.renew();
    const response = await this.fetched(method, url, options);
    if (response.status !== 401) return checked(response);
    // The token was ended before its time: a new secret, or a client that was switched off.
    this.credential = await this.renew();
    return checked(await this.fetched(method, url, options));
  }

  private fetched(method: string, url: string, options: Options): Promise<Response> {
    const { query, body, reason, accept, lastEventId, signal } = options;
    const items = Object.entries(query ?? {}).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    );
    const search = new URLSearchParams(items).toString();
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.credential.token}`,
      accept: accept ?? 'application/json',
      // Names in all languages, of which the console shows its own.
      'accept-language': '*',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(reason ? { 'x-reason': latin1Of(reason) } : {}),
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const sent = {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    return reached(`${url}${search === '' ? '' : `?${search}`}`, sent);
  }
}

/** Headers are bytes; the service reads them as UTF-8. */
const latin1Of = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

/** @throws ApiError with status 0 when nobody answers */
export async function reached(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...options, credentials: 'omit', cache: 'no-store' });
  } catch {
    throw new ApiError(0, '');
  }
}

/** @throws ApiError */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = await response.text();
  throw errorOf(response.status, parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
