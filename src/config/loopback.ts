import ipaddr from 'ipaddr.js';

/** Whether only this machine can reach what listens there. Of a name, only `localhost` is known to be so. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
