import { useState } from 'preact/hooks';
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
}

/** A list that grows page by page. It starts anew when `key` changes. */
export function usePages<T>(key: string, load: (cursor: string | undefined) => Promise<Page<T>>): Pages<T> {
  const first = useLoad(key, () => load(undefined));
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
  return {
    first,
    items,
    ...(next !== undefined && { more }),
    isFirstOnly: pages.length === 0,
    busy: act.busy,
    ...(act.error && { error: act.error }),
  };
}
