import { BlockList, isIP } from 'node:net';

/** Tells which addresses the setting TRUSTED_PROXIES contains. */
export class TrustedProxies {
  private readonly list = new BlockList();

  constructor(proxies: readonly string[] = []) {
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = familyOf(address);
      if (bits === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(bits), family);
    }
  }

  trusts(address: string | undefined): boolean {
    return address !== undefined && isIP(address) !== 0 && this.list.check(address, familyOf(address));
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
