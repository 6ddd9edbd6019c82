/** Where tokens are kept between page views or requests. */
export interface TokenStorage {
  /** @returns undefined if nothing is kept */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
  /** Runs one act at a time among all that share this storage. Absent: they do not share it. */
  exclusively?<R>(act: () => Promise<R>): Promise<R>;
}

/** For tests, and for a session that may end with the page. */
export function memoryStorage(): TokenStorage {
  let kept: string | undefined;
  return {
    read: async () => kept,
    write: async (text) => void (kept = text),
    remove: async () => void (kept = undefined),
  };
}

/** `localStorage`: one session for all tabs. Only one tab renews the tokens at a time, where the browser has locks. */
export function browserStorage(key = 'onesession'): TokenStorage {
  return {
    read: async () => localStorage.getItem(key) ?? undefined,
    write: async (text) => localStorage.setItem(key, text),
    remove: async () => localStorage.removeItem(key),
    ...(typeof navigator !== 'undefined' &&
      'locks' in navigator && {
        exclusively: <R>(act: () => Promise<R>) =>
          navigator.locks.request(key, act as () => Promise<unknown>) as Promise<R>,
      }),
  };
}
