import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/api-error.ts';

export interface Loaded<T> {
  readonly data?: T;
  readonly error?: ApiError;
  readonly loading: boolean;
  readonly reload: () => void;
  /** As `reload`, unless that fails: then what was loaded stays. */
  readonly refresh: () => void;
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError(-1, error instanceof Error ? error.message : String(error));

/** Loads when the screen opens and when `key` changes. What was loaded stays visible during a reload. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: ApiError; loading: boolean }>({
    key,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const isQuiet = useRef(false);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let gone = false;
    const quiet = isQuiet.current;
    isQuiet.current = false;
    if (!quiet) setState((before) => ({ ...(before.key === key ? before : { key }), loading: true }));
    latest.current().then(
      (data) => gone || setState({ key, data, loading: false }),
      (error: unknown) => {
        if (gone) return;
        setState((before) =>
          quiet && before.data !== undefined ? before : { key, error: asApiError(error), loading: false },
        );
      },
    );
    return () => {
      gone = true;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const refresh = useCallback(() => {
    isQuiet.current = true;
    setRound((n) => n + 1);
  }, []);
  const { data, error, loading } =
    state.key === key ? state : { data: undefined, error: undefined, loading: true };
  return { ...(data !== undefined && { data }), ...(error && { error }), loading, reload, refresh };
}

export interface Act {
  readonly busy: boolean;
  readonly error?: ApiError;
  readonly run: (work: () => Promise<void>) => void;
  readonly clear: () => void;
}

/** Does one thing at a time that a person asked for, and keeps why it failed. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const run = (work: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    work()
      .catch((reason: unknown) => setError(asApiError(reason)))
      .finally(() => setBusy(false));
  };
  return { busy, ...(error && { error }), run, clear: () => setError(undefined) };
}
