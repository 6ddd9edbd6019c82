/** A media type of an `Accept` header with its weight. */
interface Wanted {
  readonly type: string;
  readonly weight: number;
}

/**
 * Tells whether the client prefers a page over JSON (RFC 9110 section 12.5.1). Browsers name `text/html`; a client that
 * accepts anything, such as curl, gets JSON.
 */
export function wantsPage(accept: string | undefined): boolean {
  const wanted = (accept ?? '').split(',').map(wantedIn);
  const weightOf = (type: string): number => wanted.find((one) => one.type === type)?.weight ?? 0;
  const html = Math.max(weightOf('text/html'), weightOf('application/xhtml+xml'));
  return html > 0 && html >= weightOf('application/json');
}

function wantedIn(range: string): Wanted {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
