import { InvalidInput } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';

const LISTS = ['payment', 'shipping', 'tax'] as const;
const EXTENTS = ['all', 'active', 'none'] as const;

export type ServiceList = (typeof LISTS)[number];
export type Extent = (typeof EXTENTS)[number];

/** The optional parts of a site that a response includes. */
export interface Expansion {
  readonly services: Readonly<Partial<Record<ServiceList, Extent>>>;
  readonly mixins: readonly string[] | 'all';
}

export const NOTHING_EXPANDED: Expansion = { services: {}, mixins: [] };

/**
 * Parses `payment:all,shipping:active,tax:none,mixin:NAME` or `mixin:*`.
 * @throws InvalidInput
 */
export function parseExpand(text: string | undefined): Expansion {
  const parts = (text ?? '').split(',').filter((part) => part.trim() !== '');
  return parts.reduce((expansion, part) => expanded(expansion, part.trim()), NOTHING_EXPANDED);
}

function expanded({ services, mixins }: Expansion, part: string): Expansion {
  const colon = part.indexOf(':');
  const setting = part.slice(0, Math.max(colon, 0));
  const value = part.slice(colon + 1);
  // The Emporix API documents both the singular and the plural.
  if ((setting === 'mixin' || setting === 'mixins') && value !== '') {
    return { services, mixins: value === '*' || mixins === 'all' ? 'all' : [...mixins, value] };
  }
  const list = LISTS.find((known) => known === setting);
  const extent = EXTENTS.find((known) => known === value);
  if (list && extent) return { services: { ...services, [list]: extent }, mixins };
  throw InvalidInput.of(
    'expand',
    `cannot be '${part}': payment, shipping and tax take all, active or none; mixin takes a name or *`,
  );
}

/** Tells whether a service is active, which it is unless it says otherwise. */
const isActive = (service: JsonObject): boolean => service['active'] !== false;

export function shownServices(
  list: readonly JsonObject[] | undefined,
  extent: Extent | undefined,
): readonly JsonObject[] | undefined {
  if (!list || extent === undefined || extent === 'none') return undefined;
  return extent === 'all' ? list : list.filter(isActive);
}

/**
 * Returns the services that remain after a PUT. A client that did not request the inactive ones has not seen them, so
 * those stay unless the new list names them.
 */
export function keptServices(
  stored: readonly JsonObject[] | undefined,
  sent: readonly JsonObject[] | undefined,
  extent: Extent | undefined,
): readonly JsonObject[] | undefined {
  if (!sent || !stored || extent === 'all') return sent ?? stored;
  const named = new Set(sent.map((service) => service['id']));
  return [...sent, ...stored.filter((service) => !isActive(service) && !named.has(service['id']))];
}
