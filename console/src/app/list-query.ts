/**
 * The part of `q` that finds texts with this in them, capitals and all. What has a meaning in a pattern, and in quotes, is
 * taken as it is.
 */
export function containing(text: string): string {
  const pattern = text.replaceAll(/[.*+?^$()[\]{}|\\]/g, String.raw`\$&`);
  return `~"${pattern.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}
