import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';
import type { TargetAddresses } from './target-addresses.js';

/** The host of a URL that a tenant chose is at an address that tenants must not reach. */
export class PrivateAddress extends Error {}

/**
 * Makes an agent for requests to URLs that tenants choose. It checks every connection and connects to exactly the
 * address that was checked, so DNS can't change in between.
 */
export const checkedAgent = (addresses: TargetAddresses): Agent =>
  new Agent({ connect: { lookup: checkedLookup(addresses) } });

/** Checks hosts that are IP addresses, which an agent never looks up. @throws PrivateAddress */
export function refusePrivate(addresses: TargetAddresses, url: string): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host) && !addresses.isAllowed(host)) throw new PrivateAddress();
}

function checkedLookup(addresses: TargetAddresses): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const allowed = found.every(({ address }) => addresses.isAllowed(address));
      if (!allowed) return callback(new PrivateAddress(), []);
      answerLookup(found, options.all === true, callback);
    });
  };
}

function answerLookup(
  found: readonly LookupAddress[],
  all: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = found;
  if (all || !first) callback(null, [...found]);
  else callback(null, first.address, first.family);
}
