import type { LiveState } from '../api/live.ts';
import { useTexts } from '../i18n/locale.ts';

/** Shows whether the screen follows changes, and tells a screen reader politely what has changed. */
export function LiveMark({ state, news }: { readonly state: LiveState; readonly news: string }) {
  const { live } = useTexts();
  return (
    <>
      <span class={`live ${state}`}>{live.states[state]}</span>
      <span class="unseen" role="status">
        {news}
      </span>
    </>
  );
}
