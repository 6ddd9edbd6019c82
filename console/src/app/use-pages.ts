import { useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api/api-error.ts';
import type { Page } from '../api/types.ts';
import { type Loaded, useAct, useLoad } from './use-load.ts';

export interface Pages<T> {
  readonly first: Loaded<Page<T>>;
  readonly items: readonly T[];
  readonly more?: () => void;
  /** Whether no more than the first page is shown. */
  readonly isFirstOnly: boolean;
  readonly busy: boolean;
  readonly error?: ApiError;
  /** Loads again as much as is shown. `first.reload` begins anew with the first page. */
  readonly renew: () => void;
}

/** A list that grows page by page. It starts anew when `key` changes. */
export function usePages<T>(key: string, load: (cursor: string | undefined) => Promise<Page<T>>): Pages<T> {
  const kept = useRef(0);
  const first = useLoad(key, async () => {
    const least = kept.current;
    kept.current = 0;
    let page = await load(undefined);
    while (page.next !== undefined && page.items.length < least) {
      const { items: more, ...rest } = await load(page.next);
      page = { items: [...page.items, ...more], ...rest };
    }
    return page;
  });
  const [later, setLater] = useState<{ of?: Page<T>; pages: readonly Page<T>[] }>({ pages: [] });
  const act = useAct();
  const pages = later.of === first.data ? later.pages : [];
  const next = (pages.at(-1) ?? first.data)?.next;
  const items = [...(first.data?.items ?? []), ...pages.flatMap((page) => page.items)];
  const more = (): void =>
    act.run(async () => {
      const page = await load(next);
      setLater({ ...(first.data && { of: first.data }), pages: [...pages, page] });
    });
  const renew = (): void => {
    kept.current = items.length;
    first.reload();
  };
  return {
    first,
    items,
    ...(next !== undefined && { more }),
    isFirstOnly: pages.length === 0,
    busy: act.busy,
    ...(act.error && { error: act.error }),
    renew,
  };
}
