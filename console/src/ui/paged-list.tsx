import type { ComponentChildren } from 'preact';
import type { Pages } from '../app/use-pages.ts';
import { useTexts } from '../i18n/locale.ts';
import { Button, Empty, Load, Problem } from './parts.tsx';

interface EmptyTexts {
  readonly empty: string;
  readonly emptyHint: string;
  /** For a list that can be filtered. */
  readonly emptyFiltered?: string;
  readonly emptyFilteredHint?: string;
}

interface PagedListProps<T> {
  readonly list: Pages<T>;
  readonly isFiltered?: boolean;
  readonly texts: EmptyTexts;
  /** Shows the items; there is at least one. */
  readonly children: (items: readonly T[]) => ComponentChildren;
}

/** A list that grows page by page, what it says when it is empty, and the button for more. */
export function PagedList<T>({ list, isFiltered = false, texts, children }: PagedListProps<T>) {
  const { more } = useTexts();
  return (
    <>
      <Load of={list.first}>
        {() =>
          list.items.length === 0 ? (
            <Empty
              title={(isFiltered ? texts.emptyFiltered : undefined) ?? texts.empty}
              hint={(isFiltered ? texts.emptyFilteredHint : undefined) ?? texts.emptyHint}
            />
          ) : (
            children(list.items)
          )
        }
      </Load>
      {list.error && <Problem error={list.error} />}
      {list.more && (
        <Button busy={list.busy} onClick={list.more}>
          {more}
        </Button>
      )}
    </>
  );
}
