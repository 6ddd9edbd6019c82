import type { Api } from '../api/api.ts';
import { isRecord } from '../api/api-error.ts';
import type { CustomerItem, LegalEntity, Page, SessionItem } from '../api/types.ts';
import { hrefOf } from './route.ts';

/** What a text looks like; a store is asked only what it could be. */
export type Sought =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'email' | 'id' | 'segment' | 'words'; readonly text: string }
  | Unusable;

interface Unusable {
  readonly kind: 'service-token' | 'unreadable-token';
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const OBJECT_ID = /^[0-9a-f]{24}$/i;
const JWT = /^(?:Bearer\s+)?([\w-]+)\.([\w-]+)\.([\w-]*)$/;

export function soughtIn(text: string): Sought {
  const word = text.trim();
  const [, , payload] = JWT.exec(word) ?? [];
  if (payload !== undefined && payload.length > 20) return sessionOfToken(payload);
  if (UUID.test(word)) return { kind: 'session', id: word.toLowerCase() };
  if (OBJECT_ID.test(word)) return { kind: 'id', text: word };
  if (word.includes('@') && !word.includes(' ')) return { kind: 'email', text: word };
  if (/^eyJ[\w-]{20,}$/.test(word)) return { kind: 'segment', text: word };
  return { kind: 'words', text: word };
}

/** The token is read, never sent: an access token names its session in `sid`, a `vtex_session` in `id`. */
function sessionOfToken(payload: string): Sought {
  const claims = decoded(payload);
  if (!claims) return { kind: 'unreadable-token' };
  const id = [claims.sid, claims.id].find((one): one is string => typeof one === 'string' && UUID.test(one));
  if (id !== undefined) return { kind: 'session', id };
  return { kind: claims.token_use === 'service' ? 'service-token' : 'unreadable-token' };
}

function decoded(payload: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the screen that shows what was sought; undefined if there is nothing. */
export async function targetOf(api: Api, sought: Sought): Promise<string | undefined> {
  if (sought.kind === 'session') return hrefOf(['sessions', sought.id]);
  if (!('text' in sought)) return undefined;
  const { kind, text } = sought;
  if (kind === 'segment') return hrefOf(['sessions'], { segment: text });
  if (kind === 'email')
    return targetOfSessions(api, { email: text }, () => targetOfPerson(api, { email: text }));
  if (kind === 'id') {
    const otherwise = async () => (await targetOfCompany(api, { id: text })) ?? hrefOf(['customers', text]);
    return targetOfSessions(api, { cartId: text }, otherwise);
  }
  const company = async () =>
    (await targetOfCompany(api, { name: text })) ?? targetOfCompany(api, { name: titled(text) });
  return (await targetOfPerson(api, { q: text })) ?? company();
}

async function targetOfSessions(
  api: Api,
  query: Readonly<Record<string, string>>,
  otherwise: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { items } = await api.admin<Page<SessionItem>>('GET', '/sessions', { query: { ...query, limit: 2 } });
  const [first, ...more] = items;
  if (!first) return otherwise();
  return more.length === 0 ? hrefOf(['sessions', first.sessionId]) : hrefOf(['sessions'], query);
}

async function targetOfPerson(
  api: Api,
  query: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { items } = await api.admin<Page<CustomerItem>>('GET', '/customers', {
    query: { ...query, limit: 2 },
  });
  const [first, ...more] = items;
  if (!first) return undefined;
  return more.length === 0 ? hrefOf(['customers', first.id]) : hrefOf(['customers'], query);
}

async function targetOfCompany(
  api: Api,
  query: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  if (!api.holds('customermanagement.legalentity_read')) return undefined;
  const { items } = await api.shopPage<LegalEntity>(
    'customer-management',
    '/legal-entities',
    query,
    undefined,
  );
  const [first, ...more] = items;
  if (!first) return undefined;
  return more.length === 0 ? hrefOf(['companies', first.id]) : hrefOf(['companies'], query);
}

/** The names of companies are found in the case in which they are written, and people type in a hurry. */
const titled = (text: string): string =>
  text.replaceAll(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase());
