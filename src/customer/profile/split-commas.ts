/** Items of a query parameter, separated by commas, which may also come several times. */
export function splitCommas(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const items = parts.filter((part) => typeof part === 'string').flatMap((part) => part.split(','));
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
