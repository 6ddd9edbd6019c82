import { z } from 'zod';
import type { Query, Service } from './service.js';

/** The maximum number of items per request. */
const PAGE = 200;

/** The requested number of items, and the cursor of the next ones. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Reads pages until there are as many items as asked for. */
export async function readList<T extends z.ZodType>(
  service: Service,
  path: string,
  item: T,
  query: Query & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Listed<z.infer<T>>> {
  const page = z.object({ items: z.array(item), next: z.string().optional() });
  const items: z.infer<T>[] = [];
  let next = query.cursor;
  do {
    const limit = Math.min(PAGE, query.limit - items.length);
    const answer = page.parse(await service.get(path, { query: { ...query, limit, cursor: next } }));
    items.push(...answer.items);
    ({ next } = answer);
  } while (next !== undefined && items.length < query.limit);
  return { items, ...(next !== undefined && { next }) };
}
