/**
 * Returns the network that an address is counted as. An IPv6 customer gets a whole /64 (RFC 6177), so its addresses
 * count as one. Anything else in X-Forwarded-For counts as it is.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.toLowerCase().split('%', 1);
  const halves = plain.split('::');
  const [head = [], tail = []] = halves.map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  const groups = halves.length === 2 ? [...head, ...zeros, ...tail] : head;
  const wellFormed = groups.length === 8 && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group));
  if (!wellFormed) return address;
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
