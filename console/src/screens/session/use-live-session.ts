import { useState } from 'preact/hooks';
import { isRecord } from '../../api/api-error.ts';
import type { LiveEvent, LiveState } from '../../api/live.ts';
import { useLive, useSoon } from '../../app/use-live.ts';
import type { Texts } from '../../i18n/en.ts';
import { useLocale } from '../../i18n/locale.ts';

/** Short enough to be at once, and long enough for what changes together. */
const SOON_MS = 100;

export interface LiveSession {
  readonly state: LiveState;
  /** What has changed last, in words. */
  readonly news: string;
  readonly hasEnded: boolean;
}

/** Follows one session: what it shows is loaded again with each change, and stays when the session has ended. */
export function useLiveSession(sessionId: string, refresh: () => void): LiveSession {
  const { texts } = useLocale();
  const [news, setNews] = useState('');
  const [hasEnded, setHasEnded] = useState(false);
  const refreshSoon = useSoon(SOON_MS, refresh);
  const onEvent = (event: LiveEvent): void => {
    setNews(newsOf(texts, event));
    if (event.type === 'onesession.session.ended') setHasEnded(true);
    else refreshSoon();
  };
  const state = useLive({ types: TYPES, sessionId }, onEvent, refreshSoon);
  return { state, news, hasEnded };
}

const TYPES = 'onesession.session.*,onesession.context.*,onesession.cart.*';

function newsOf({ live, session }: Texts, { type, data }: LiveEvent): string {
  if (type === 'onesession.session.ended') return session.hasEnded;
  if (type.startsWith('onesession.cart.')) return live.cart;
  const { changes } = data;
  const fields = Array.isArray(changes)
    ? changes.flatMap((one: unknown) => (isRecord(one) ? String(one.field).replace(/^context\./, '') : []))
    : [];
  return fields.length === 0 ? live.session : live.fields(fields.join(', '));
}
