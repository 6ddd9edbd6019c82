import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Config } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';

/** Azure's host agent: public by its number, yet it is answered by the machine's own host. */
const HOST_AGENT = '168.63.129.16';

/** Where a tenant's own apps may be. A network that is not public may hold what a tenant must not reach. */
@Injectable()
export class AppAddresses {
  private readonly anywhere = this.config.SESSION_APPS_PRIVATE_ADDRESSES === 'allow';

  constructor(private readonly config: Config) {}

  /** @param address an IP address; anything else is not allowed */
  isAllowed(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4 address in the clothes of an IPv6 one is taken for what it is.
    const plain = ipaddr.process(address);
    return this.anywhere || (plain.range() === 'unicast' && plain.toString() !== HOST_AGENT);
  }

  /**
   * For an address that is written out as a number. What a name leads to is looked at with each connection.
   * @throws InvalidInput
   */
  expectAllowed(field: string, url: string): void {
    const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '');
    if (host === undefined || !ipaddr.isValid(host) || this.isAllowed(host)) return;
    throw InvalidInput.of(
      field,
      'is no public address: use one, or let the operator set SESSION_APPS_PRIVATE_ADDRESSES to allow',
    );
  }
}
