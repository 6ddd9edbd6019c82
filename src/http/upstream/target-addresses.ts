import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Config } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';

/** Azure's host agent. Its address is public, but the host machine itself answers it. */
const HOST_AGENT = '168.63.129.16';

/** All public IPv6 addresses are in it (IANA). Others that no registry names, such as `::127.0.0.1`, may lead anywhere. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Decides where the apps, webhooks and key sets of tenants may be. Networks that are not public may have services that tenants must not
 * reach.
 */
@Injectable()
export class TargetAddresses {
  /** For a service that is tried out or tested. */
  readonly anywhere = this.config.SESSION_APPS_PRIVATE_ADDRESSES === 'allow';

  constructor(private readonly config: Config) {}

  /** @param address an IP address; any other text is not allowed */
  isAllowed(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4-mapped IPv6 address is checked as the IPv4 address that it stands for.
    const plain = ipaddr.process(address);
    return this.anywhere || isPublic(plain);
  }

  /**
   * Checks a URL whose host is an IP address. Host names are checked at every connection.
   * @throws InvalidInput
   */
  expectAllowed(field: string, url: string): void {
    const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '');
    if (host === undefined || !ipaddr.isValid(host) || this.isAllowed(host)) return;
    throw InvalidInput.of(
      field,
      'must be a public address, unless the operator sets SESSION_APPS_PRIVATE_ADDRESSES to allow',
    );
  }
}

const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address instanceof ipaddr.IPv6 ? address.match(GLOBAL_IPV6) : address.toString() !== HOST_AGENT);
