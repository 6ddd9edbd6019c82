import { isRecord } from '../api/api-error.ts';

const NAMED_FIRST = ['channel', 'currencyCode', 'countryCode', 'cultureInfo'];
/** They follow from others. */
const SAID_BY_OTHERS: ReadonlySet<string> = new Set(['currencySymbol', 'channelPrivacy']);

/** Names a segment by its conditions, the most telling ones first. */
export function briefOf(conditions: Readonly<Record<string, unknown>>): string {
  const rank = (name: string): number => {
    const place = NAMED_FIRST.indexOf(name);
    return place === -1 ? NAMED_FIRST.length : place;
  };
  const told = Object.entries(conditions)
    .filter(([name, value]) => typeof value === 'string' && value !== '' && !SAID_BY_OTHERS.has(name))
    .toSorted(([a], [b]) => rank(a) - rank(b));
  return told.map(([, value]) => value).join(' · ');
}

/** A segment token is base64 of its conditions. */
export function briefOfToken(token: string): string {
  try {
    const bytes = Uint8Array.from(atob(token.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    );
    const conditions: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(conditions)) return briefOf(conditions);
  } catch {
    // Another version of the service may write tokens in another way.
  }
  return token.slice(-12);
}
