import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../../config/config.schema.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';

/** Rows of a list, and where they stand in it. */
export interface Page<T> extends Pick<LazyPage<T>, 'first' | 'cut'> {
  readonly rows: readonly T[];
  /** Of all pages; only when it was asked for. */
  readonly total?: number;
}

/** Its rows may be worked out only when it is their turn. */
export interface LazyPage<T> {
  readonly rows: Iterable<T> | AsyncIterable<T>;
  /** Rows of the list before these. */
  readonly first: number;
  /** More of the page is left behind these. */
  readonly cut: boolean;
}

export const toPage = <T>({ skip }: Listing, { rows, total, cut }: Listed<T>): Page<T> => ({
  rows,
  first: skip,
  cut: cut === true,
  ...(total !== undefined && { total }),
});

/** Few enough to be looked up at once, and mostly all of them. */
const ASKED_AT_ONCE = 50;

/** A page of what was asked for one by one: looked up some at a time, so that what does not fit never is. */
export function pageOfAsked<A, T>(
  asked: readonly A[],
  first: number,
  lookUp: (some: readonly A[]) => Promise<readonly T[]>,
): LazyPage<T> {
  async function* rows(): AsyncGenerator<T> {
    let from = first;
    // Also of nothing: whether it can be asked for is told all the same.
    do {
      yield* await lookUp(asked.slice(from, from + ASKED_AT_ONCE));
      from += ASKED_AT_ONCE;
    } while (from < asked.length);
  }
  return { rows: rows(), first, cut: false };
}

/** For the `headers` of the answer's description. */
export const PAGE_CUT = {
  'X-Page-Truncated': {
    schema: { type: 'string', example: 'true' },
    description:
      'the page ends early, because its rows are as many bytes as a page may have (MAX_PAGE_BYTES)',
  },
  Link: {
    schema: { type: 'string' },
    description:
      'RFC 8288, rel="next": where a page that was cut goes on. A POST is sent there with the same body',
  },
} as const;

/** What is shown before others get their turn. */
const BYTES_AT_ONCE = 256 * 1024;

/** Answers pages that are bounded in bytes, and tells how to go on behind one that was cut. */
@Injectable()
export class PageWriter {
  constructor(private readonly config: Config) {}

  /** How much of a page a store is to hand out. */
  get maxBytes(): number {
    return this.config.MAX_PAGE_BYTES;
  }

  /**
   * @param show what a row looks like to the caller; undefined: it is not to be seen
   * @returns the rows that fit: one at least
   */
  async write<T, D>(reply: FastifyReply, page: LazyPage<T>, show: (row: T) => D | undefined): Promise<D[]> {
    const shown: D[] = [];
    const texts: string[] = [];
    let [taken, bytes, atOnce] = [0, 0, 0];
    let { cut } = page;
    for await (const row of page.rows) {
      const next = show(row);
      const text = next === undefined ? '' : JSON.stringify(next);
      const size = Buffer.byteLength(text);
      const isBeyond = bytes + size > this.maxBytes && shown.length > 0;
      cut ||= isBeyond;
      if (isBeyond) break;
      if (next !== undefined) {
        shown.push(next);
        texts.push(text);
      }
      [taken, bytes, atOnce] = [taken + 1, bytes + size, atOnce + size];
      if (atOnce < BYTES_AT_ONCE) continue;
      atOnce = 0;
      await setImmediate();
    }
    if (cut) tellNext(reply, page.first + taken);
    sendAsWritten(reply, shown, texts);
    return shown;
  }
}

/** To write the rows of a whole page once more would hold up everybody else. Parts of them are written as usual. */
function sendAsWritten(reply: FastifyReply, rows: readonly unknown[], texts: readonly string[]): void {
  void reply
    .type('application/json; charset=utf-8')
    .serializer((payload: unknown) => (payload === rows ? `[${texts.join(',')}]` : JSON.stringify(payload)));
}

function tellNext(reply: FastifyReply, offset: number): void {
  const { pathname, searchParams } = new URL(reply.request.url, 'http://here');
  searchParams.delete('pageNumber');
  searchParams.set('offset', String(offset));
  void reply.headers({ 'x-page-truncated': 'true', link: `<${pathname}?${searchParams}>; rel="next"` });
}
