/** Returns the comma-separated items of a query parameter, which may also be repeated. */
export function splitCommas(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const items = parts.filter((part) => typeof part === 'string').flatMap((part) => part.split(','));
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
