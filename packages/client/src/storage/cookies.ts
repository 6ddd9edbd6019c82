import type { TokenStorage } from './storage.js';

/** How a server reads and writes the cookies of one request: the cookie store of Next.js, for instance. */
export interface CookieJar {
  get(name: string): string | undefined | Promise<string | undefined>;
  set(name: string, value: string, attributes: CookieAttributes): void | Promise<void>;
  remove(name: string): void | Promise<void>;
}

export interface CookieAttributes {
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'lax';
  readonly path: '/';
  /** Seconds. */
  readonly maxAge: number;
}

const NINETY_DAYS = 90 * 86_400;

/** Browsers keep at most 4,096 bytes of a cookie, with its name and attributes. */
const PART = 3_600;

const MOST_PARTS = 8;

/** Keeps tokens in cookies that scripts of the page can't read. Long ones take several cookies. */
export function cookieStorage(jar: CookieJar, name = 'onesession', secure = true): TokenStorage {
  const attributes = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: NINETY_DAYS } as const;
  const clear = async (from: number): Promise<void> => {
    for (let part = from; part < MOST_PARTS; part += 1)
      if ((await jar.get(`${name}.${part}`)) !== undefined) await jar.remove(`${name}.${part}`);
  };
  return {
    async read() {
      let text = '';
      for (let part = 0; part < MOST_PARTS; part += 1) {
        const value = await jar.get(`${name}.${part}`);
        if (value === undefined) break;
        text += value;
      }
      return text === '' ? undefined : decodeURIComponent(text);
    },
    async write(text) {
      const encoded = encodeURIComponent(text);
      const parts = Math.ceil(encoded.length / PART);
      for (let part = 0; part < parts; part += 1)
        await jar.set(`${name}.${part}`, encoded.slice(part * PART, (part + 1) * PART), attributes);
      await clear(parts);
    },
    remove: () => clear(0),
  };
}

/** A jar over the header `Cookie` of a request. `setCookies` are the lines for `Set-Cookie` of the answer. */
export function headerJar(cookie: string | null | undefined): CookieJar & { readonly setCookies: string[] } {
  const kept = new Map(
    (cookie ?? '').split(/; */).flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
    }),
  );
  const setCookies: string[] = [];
  return {
    setCookies,
    get: (name) => kept.get(name),
    set(name, value, { secure, maxAge }) {
      kept.set(name, value);
      setCookies.push(
        `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
      );
    },
    remove(name) {
      kept.delete(name);
      setCookies.push(`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
    },
  };
}
