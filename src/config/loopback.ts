import ipaddr from 'ipaddr.js';

/** Tells whether only this machine can reach what listens on this host. Of all names, only `localhost` is certain. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
