import supertest, { type Test } from 'supertest';
import { recordSecrets } from '../records/run-records.js';

type Method = 'get' | 'post' | 'patch';

/** A browser that uses the VTEX dialect: it stores the cookies that it gets and sends them back. */
export class Device {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly account = 'acme',
  ) {}

  begin = (values?: Record<string, string | null>, query = ''): Test =>
    this.send('post', `/api/sessions${query}`, bodyOf(values));
  change = (values?: Record<string, string | null>, query = ''): Test =>
    this.send('patch', `/api/sessions${query}`, bodyOf(values));
  read = (items = '*'): Test => this.send('get', `/api/sessions?items=${encodeURIComponent(items)}`);
  segment = (query = ''): Test => this.send('get', `/api/segments${query}`);

  /** Returns what the session contains, by `namespace.key`. */
  async values(items = '*'): Promise<Record<string, string>> {
    const { body } = await this.read(items).expect(200);
    const spaces = Object.entries(body.namespaces as Record<string, Record<string, { value: string }>>);
    return Object.fromEntries(
      spaces.flatMap(([space, keys]) =>
        Object.entries(keys).map(([key, { value }]) => [`${space}.${key}`, value]),
      ),
    );
  }

  /** @param bearer an access token to send as well, as a script on a page would */
  send(method: Method, path: string, body?: unknown, bearer?: string): Test {
    const named = path.includes('an=') ? path : `${path}${path.includes('?') ? '&' : '?'}an=${this.account}`;
    const request = supertest(this.url)[method](named);
    if (this.cookies.size > 0) {
      void request.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    if (bearer !== undefined) void request.auth(bearer, { type: 'bearer' });
    if (body !== undefined) void request.send(body as object);
    return request.expect((response) => {
      recordSecrets(response.text ?? '');
      for (const cookie of response.get('Set-Cookie') ?? []) this.keep(cookie);
    });
  }

  /** Returns another browser with the same cookies, like that of somebody who planted or stole them. */
  copy(): Device {
    const copy = new Device(this.url, this.account);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    this.cookies.set(name, value);
  }
}

export const bodyOf = (values: Record<string, string | null> = {}): object => ({
  public: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])),
});
