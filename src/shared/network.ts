import ipaddr from 'ipaddr.js';

/**
 * Returns the network of an address, shortened so that it leads to no person: `203.0.113.0/24`, `2001:db8:1::/48`.
 * @returns undefined for anything that is no address
 */
export function shortenedNetwork(address: string): string | undefined {
  const plain = withoutPort(address);
  if (!ipaddr.isValid(plain)) return undefined;
  const ip = ipaddr.process(plain);
  return ip instanceof ipaddr.IPv4
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${ip.toString()}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${withoutZone(ip)}/48`).toString()}/48`;
}

const withoutZone = (ip: ipaddr.IPv6): string => new ipaddr.IPv6(ip.parts).toString();

/**
 * Returns the network that an address is counted as. An IPv6 customer gets a whole /64 (RFC 6177), so its addresses
 * count as one. Anything else in X-Forwarded-For counts as it is.
 */
export function networkOf(from: string): string {
  const address = withoutPort(from);
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

/** An IPv4 address with a port, or an IPv6 address in brackets, as in a URL. */
const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+):\d+|\[([^\]]*)\](?::\d+)?)$/;

/**
 * Some proxies, such as Azure's Application Gateway, write the port of the connection into X-Forwarded-For. It is another
 * one for each connection, and must not make each one an address of its own (X-30).
 */
function withoutPort(address: string): string {
  const [, v4, v6] = WITH_PORT.exec(address) ?? [];
  return v4 ?? v6 ?? address;
}
