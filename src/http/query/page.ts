import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../../config/config.schema.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { tellTotal } from './total-count.js';

/** Rows of a list and their position in it. */
export interface Page<T> extends Pick<LazyPage<T>, 'first' | 'cut'> {
  readonly rows: readonly T[];
  /** Number of rows on all pages. Present only if the caller asked for it. */
  readonly total?: number;
}

/** A page whose rows may be computed only when they are needed. */
export interface LazyPage<T> {
  readonly rows: Iterable<T> | AsyncIterable<T>;
  /** How many rows of the list come before these. */
  readonly first: number;
  /** Whether the page contains more rows after these. */
  readonly cut: boolean;
}

export const toPage = <T>({ skip }: Listing, { rows, total, cut }: Listed<T>): Page<T> => ({
  rows,
  first: skip,
  cut: cut === true,
  ...(total !== undefined && { total }),
});

/** Few enough to look up at once, and usually all of them. */
const ASKED_AT_ONCE = 50;

/**
 * Returns a page of items that were requested one by one. It looks up a few at a time, so that items that do not fit
 * are never looked up.
 */
export function pageOfAsked<A, T>(
  asked: readonly A[],
  first: number,
  lookUp: (some: readonly A[]) => Promise<readonly T[]>,
): LazyPage<T> {
  async function* rows(): AsyncGenerator<T> {
    let from = first;
    // Also runs for an empty list, because the look-up checks whether the request is allowed.
    do {
      yield* await lookUp(asked.slice(from, from + ASKED_AT_ONCE));
      from += ASKED_AT_ONCE;
    } while (from < asked.length);
  }
  return { rows: rows(), first, cut: false };
}

/** For the `headers` in the description of an answer. */
export const PAGE_CUT = {
  'X-Page-Truncated': {
    schema: { type: 'string', example: 'true' },
    description:
      '`true` if the page ends early because its rows have reached the size limit of a page (MAX_PAGE_BYTES).',
  },
  Link: {
    schema: { type: 'string' },
    description:
      'RFC 8288 link with rel="next": where a page that was cut off continues. Send a POST there with the same body.',
  },
} as const;

/** How many bytes are written before other requests get a turn. */
const BYTES_AT_ONCE = 256 * 1024;

/** Reads and writes pages of limited size, and tells how to continue after one that was cut off. */
@Injectable()
export class PageWriter {
  constructor(private readonly config: Config) {}

  /** How many bytes of a page a store should return. */
  get maxBytes(): number {
    return this.config.MAX_PAGE_BYTES;
  }

  /**
   * Reads a page no larger than may be written. Tells the number of rows on all pages, if `listing` asks for it.
   * @param find looks the page up in the store
   */
  async read<T>(
    reply: FastifyReply,
    listing: Listing,
    find: (listing: Listing) => Promise<Listed<T>>,
  ): Promise<Page<T>> {
    const page = toPage(listing, await find({ ...listing, maxBytes: this.maxBytes }));
    tellTotal(reply, page.total);
    return page;
  }

  /**
   * @param show returns a row as the caller sees it, or undefined to hide it
   * @returns the rows that fit, at least one
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

/**
 * Sends the rows as already written: serializing a whole page again would hold up everybody else. Parts of it,
 * as `fields` selects, are serialized as usual.
 */
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
