import { useEffect, useRef, useState } from 'preact/hooks';
import { follow, type LiveEvent, type LiveState } from '../api/live.ts';
import { useApi } from './signed-in.ts';

export interface LiveQuery {
  readonly types: string;
  readonly sessionId?: string;
}

/** Follows events while the screen is open. `onMissed` is called too when events may have been missed. */
export function useLive(
  query: LiveQuery,
  onEvent: (event: LiveEvent) => void,
  onMissed: () => void,
): LiveState {
  const api = useApi();
  const [state, setState] = useState<LiveState>('waiting');
  const latest = useRef({ onEvent, onMissed });
  latest.current = { onEvent, onMissed };
  const { types, sessionId } = query;
  useEffect(
    () =>
      follow(
        api,
        { types, sessionId },
        {
          onEvent: (event) => latest.current.onEvent(event),
          onMissed: () => latest.current.onMissed(),
          onState: setState,
        },
      ),
    [api, types, sessionId],
  );
  return state;
}

/** Returns a function that runs `act` soon, and once for many calls. */
export function useSoon(ms: number, act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, ms);
  };
}
